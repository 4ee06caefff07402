#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "ohmloop/study/point_space.hpp"
#include "ohmloop/study/read_study.hpp"
#include "ohmloop/text/utf8.hpp"

/// Any text is a study, whose points can be counted through, or an InputError.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace ohmloop;
  const auto source = std::make_shared<const SourceFile>(
      SourceFile{"fuzz.yaml", std::string(reinterpret_cast<const char*>(data), size)});
  if (first_non_text_byte(source->text)) return 0;
  try {
    for (const bool quick : {false, true}) {
      const Study study = read_study(source, {.quick = quick});
      static_cast<void>(product_text(study));
      if (count_points(study) > 1e6) continue;
      for (const StudyPart& part : study.parts) {
        const PointSpace space(part);
        for (std::uint64_t point = 0; point < space.size(); point += 1 + space.size() / 10) {
          static_cast<void>(space.overrides(space.choice(point)));
        }
      }
    }
  } catch (const InputError& error) {
    static_cast<void>(render(error.diagnostics()));
  }
  return 0;
}
