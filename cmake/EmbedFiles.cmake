# ohmloop_embed_files(OUTPUT <file.cpp> NAMESPACE <ns> FUNCTION <name> ROOT <dir> FILES <files>)
#
# Writes a source file that defines
#   std::span<const ohmloop::EmbeddedFile> <ns>::<name>();
# so that the presets, tables and trained networks under share/ travel inside the binary and are found wherever it is
# copied to. The assembler takes the bytes as they are: nothing to escape, no limit of size, nothing to compile. A file
# that changes is embedded again.
function(ohmloop_embed_files)
  cmake_parse_arguments(ARG "" "OUTPUT;NAMESPACE;FUNCTION;ROOT" "FILES" ${ARGN})
  add_custom_command(
    OUTPUT "${ARG_OUTPUT}"
    COMMAND ${CMAKE_COMMAND}
      "-DOUTPUT=${ARG_OUTPUT}" "-DNAMESPACE=${ARG_NAMESPACE}" "-DFUNCTION=${ARG_FUNCTION}" "-DROOT=${ARG_ROOT}"
      "-DFILES=${ARG_FILES}" -P "${CMAKE_SOURCE_DIR}/cmake/WriteEmbeddedFiles.cmake"
    DEPENDS ${ARG_FILES} "${CMAKE_SOURCE_DIR}/cmake/WriteEmbeddedFiles.cmake"
    VERBATIM)
endfunction()
