# The script behind ohmloop_embed_files: every file becomes a raw string literal (split, as compilers limit their length).
set(entries "")
set(literals "")
set(index 0)
foreach(file IN LISTS FILES)
  file(RELATIVE_PATH name "${ROOT}" "${file}")
  file(READ "${file}" text)
  string(LENGTH "${text}" length)
  set(literal "")
  set(start 0)
  while(start LESS length)
    string(SUBSTRING "${text}" ${start} 8000 part)
    string(APPEND literal "R\"~~~(${part})~~~\"\n")
    math(EXPR start "${start} + 8000")
  endwhile()
  string(APPEND literals "constexpr char text_${index}[] =\n${literal};\n")
  string(APPEND entries "  {\"${name}\", std::string_view(text_${index}, sizeof(text_${index}) - 1)},\n")
  math(EXPR index "${index} + 1")
endforeach()
file(WRITE "${OUTPUT}.new"
"#include \"ohmloop/base/embedded_file.hpp\"

#include <array>
#include <span>

namespace ${NAMESPACE} {
namespace {
${literals}
constexpr std::array<ohmloop::EmbeddedFile, ${index}> files = {{
${entries}}};
}  // namespace

std::span<const ohmloop::EmbeddedFile> ${FUNCTION}();
std::span<const ohmloop::EmbeddedFile> ${FUNCTION}() { return files; }
}  // namespace ${NAMESPACE}
")
file(RENAME "${OUTPUT}.new" "${OUTPUT}")
