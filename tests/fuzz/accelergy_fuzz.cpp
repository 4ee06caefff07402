// Any bytes yield tables or an InputError; anything else is a bug.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "ohmloop/accelergy/accelergy_system.hpp"
#include "ohmloop/accelergy/accelergy_writer.hpp"
#include "ohmloop/accelergy/field_table.hpp"
#include "ohmloop/text/diagnostic.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  // An identifier of a table plug-in would read other files.
  if (text.find("path_to_data_dir") != std::string::npos) return 0;
  const auto source =
      std::make_shared<const ohmloop::SourceFile>(ohmloop::SourceFile{.path = "fuzz.yaml", .text = text});
  ohmloop::Diagnostics diagnostics;
  ohmloop::read_field_table_class(source, "SRAM", diagnostics);
  ohmloop::Diagnostics warnings;
  try {
    ohmloop::Registry registry;
    const ohmloop::AccelergySystem input = ohmloop::read_accelergy_system({source}, registry, {}, warnings);
    warnings.throw_if_errors();
    registry.select({"unit", "as_given"}, warnings);
    const ohmloop::SystemTables tables =
        ohmloop::estimate_system(input.system, registry, input.variables.get(), warnings);
    ohmloop::write_accelergy(tables, nullptr, input.version);
  } catch (const ohmloop::InputError& error) {
    ohmloop::render(error.diagnostics());
  }
  return 0;
}
