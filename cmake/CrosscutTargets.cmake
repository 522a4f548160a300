# Settings that every target of ours shares. Warnings stay PRIVATE: they are ours, not our users'.
function(crosscut_setup_target target)
  target_compile_features(${target} PUBLIC cxx_std_20)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
  target_compile_options(${target} PRIVATE -Wall -Wextra -Wpedantic -Wconversion -Wshadow
                         $<$<BOOL:${CROSSCUT_DEVELOPER_MODE}>:-Werror>
                         # g++ 12, optimising, finds fault with "text" + std::string (GCC bug 105329), which is fine.
                         $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict>
                         # stable_sort of libstdc++ 12 calls what it deprecates itself; g++ still tells us of ours.
                         $<$<CXX_COMPILER_ID:Clang>:-Wno-deprecated-declarations>)
endfunction()

# crosscut_add_test(NAME SOURCES...): one doctest binary for a room, registered with ctest.
function(crosscut_add_test name)
  add_executable(${name} ${ARGN} ${PROJECT_SOURCE_DIR}/tests/main.cpp)
  crosscut_setup_target(${name})
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_compile_definitions(${name} PRIVATE
    CROSSCUT_SAMPLES_DIR="${PROJECT_SOURCE_DIR}/samples"
    CROSSCUT_TEST_DATA_DIR="${PROJECT_SOURCE_DIR}/tests/data")
  target_link_libraries(${name} PRIVATE crosscut::crosscut doctest::doctest fmt::fmt)
  add_test(NAME ${name} COMMAND ${name})
endfunction()
