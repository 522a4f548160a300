# crosscut_install(): rules for `cmake --install`, and the package that find_package(crosscut) finds. Two export sets, so that a
# user of crosscut::algorithms is never asked for Boost or fmt. The parts that are not built are left out.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

function(crosscut_install)
  if(NOT CROSSCUT_INSTALL)
    return()
  endif()
  set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/crosscut)
  if(BUILD_SHARED_LIBS AND TARGET crosscut) # find each other wherever the prefix is moved
    set_property(TARGET crosscut PROPERTY INSTALL_RPATH "$ORIGIN")
    if(TARGET crosscut_cli)
      set_property(TARGET crosscut_cli PROPERTY INSTALL_RPATH "$ORIGIN/../${CMAKE_INSTALL_LIBDIR}")
    endif()
  endif()

  install(TARGETS crosscut_algorithms EXPORT crosscut-algorithms COMPONENT development)
  install(EXPORT crosscut-algorithms NAMESPACE crosscut:: DESTINATION ${package_folder}
          FILE crosscut-algorithms-targets.cmake COMPONENT development)
  if(TARGET crosscut)
    install(TARGETS crosscut EXPORT crosscut-library COMPONENT development)
    install(EXPORT crosscut-library NAMESPACE crosscut:: DESTINATION ${package_folder}
            FILE crosscut-library-targets.cmake COMPONENT development)
    install(DIRECTORY include/crosscut DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development)
  else()
    install(DIRECTORY include/crosscut/base include/crosscut/algorithms
            DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/crosscut COMPONENT development)
    install(FILES include/crosscut/version.hpp DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/crosscut COMPONENT development)
  endif()

  configure_package_config_file(cmake/crosscut-config.cmake.in crosscut-config.cmake
                                INSTALL_DESTINATION ${package_folder})
  write_basic_package_version_file(crosscut-config-version.cmake COMPATIBILITY SameMinorVersion)
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/crosscut-config.cmake ${CMAKE_CURRENT_BINARY_DIR}/crosscut-config-version.cmake
          DESTINATION ${package_folder} COMPONENT development)
  install(FILES LICENSE NOTICE DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT development)
endfunction()
