# The script behind ohmloop_embed_files: every file becomes a symbol that the assembler fills with the file's bytes. The
# symbol's name holds their checksum, so that the source differs whenever a file does and no compiler cache mixes them up.
set(includes "")
set(declarations "")
set(entries "")
set(index 0)
string(MAKE_C_IDENTIFIER "${NAMESPACE}_${FUNCTION}" prefix)
foreach(file IN LISTS FILES)
  file(RELATIVE_PATH name "${ROOT}" "${file}")
  file(SIZE "${file}" size)
  file(SHA256 "${file}" checksum)
  string(SUBSTRING "${checksum}" 0 16 checksum)
  set(symbol "${prefix}_${index}_${checksum}")
  string(REGEX REPLACE "([\\\"])" "\\\\\\1" quoted "${file}")
  string(APPEND includes
".globl ${symbol}
.hidden ${symbol}
${symbol}:
.incbin \"${quoted}\"
")
  string(APPEND declarations "extern const char ${symbol}[];\n")
  string(APPEND entries "  {\"${name}\", std::string_view(${symbol}, ${size})},\n")
  math(EXPR index "${index} + 1")
endforeach()
file(WRITE "${OUTPUT}.new"
"#include \"ohmloop/base/embedded_file.hpp\"

#include <array>
#include <span>

asm(R\"~~~(
.pushsection .rodata
${includes}.popsection
)~~~\");

extern \"C\" {
${declarations}}

namespace ${NAMESPACE} {
namespace {
constexpr std::array<ohmloop::EmbeddedFile, ${index}> files = {{
${entries}}};
}  // namespace

std::span<const ohmloop::EmbeddedFile> ${FUNCTION}();
std::span<const ohmloop::EmbeddedFile> ${FUNCTION}() { return files; }
}  // namespace ${NAMESPACE}
")
file(RENAME "${OUTPUT}.new" "${OUTPUT}")
