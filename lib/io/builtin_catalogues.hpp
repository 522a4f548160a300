// Inside the io room: the documents in catalogues/, which cmake/EmbedCatalogues.cmake makes into a source
// file.
#pragma once

#include <span>
#include <string_view>

namespace crosscut::io {

struct embedded_catalogue {
  std::string_view name, text;
};

/// By name.
std::span<const embedded_catalogue> embedded_catalogues() noexcept;

} // namespace crosscut::io
