# crosscut_embed_catalogues(OUTPUT): writes a source file with the documents in catalogues/ as arrays of bytes, which every
# compiler takes at any length, unlike string literals. Written when CMake configures, and again when a document changes.
function(crosscut_embed_catalogues output)
  set(arrays "")
  set(rows "")
  foreach(name IN ITEMS generic maestro) # in byte order
    set(document ${PROJECT_SOURCE_DIR}/catalogues/${name}.json)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${document})
    file(READ ${document} bytes HEX)
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
    string(REPEAT "0x..," 20 line)
    string(REGEX REPLACE "(${line})" "\\1\n" bytes "${bytes}")
    string(APPEND arrays "const unsigned char ${name}_bytes[] = {\n${bytes}};\n")
    string(APPEND rows
      "    {\"${name}\", std::string_view(reinterpret_cast<const char*>(${name}_bytes), sizeof ${name}_bytes)},\n")
  endforeach()
  file(CONFIGURE OUTPUT ${output} @ONLY CONTENT [[
// Made by cmake/EmbedCatalogues.cmake from catalogues/*.json.
#include "builtin_catalogues.hpp"

namespace crosscut::io {

namespace {

@arrays@
} // namespace

std::span<const embedded_catalogue> embedded_catalogues() noexcept {
  static const embedded_catalogue all[] = {
@rows@  };
  return all;
}

} // namespace crosscut::io
]])
endfunction()
