#include "ohmloop/energy/user_tables.hpp"

#include <algorithm>
#include <filesystem>

#include <fmt/format.h>

#include "ohmloop/energy/table_estimator.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

SourceFilePtr read_table_file(const std::string& path, const SourceSpan& where, Diagnostics& diagnostics) {
  try {
    return read_source_file(path);
  } catch (const IoError& error) {
    diagnostics.error(fmt::format("can't read table '{}'", path), where, error.what());
  } catch (const InputError& error) {
    for (const Diagnostic& each : error.diagnostics()) {
      diagnostics.error(each.message, each.where.empty() ? where : each.where, each.label, each.notes);
    }
  }
  return nullptr;
}

std::string path_of(const std::string& entry, const SourceSpan& where, const Architecture& architecture) {
  const std::filesystem::path path(entry);
  if (path.is_absolute() || where.file == nullptr || where.file != architecture.source) return entry;
  return (std::filesystem::path(architecture.source->path).parent_path() / path).lexically_normal().string();
}

}  // namespace

bool names_table_file(const std::string& entry) {
  return entry.find('/') != std::string::npos || entry.ends_with(".csv");
}

std::optional<std::string> add_table_file(Registry& registry, const std::string& path, const SourceSpan& where,
                                          Diagnostics& diagnostics) {
  const SourceFilePtr source = read_table_file(path, where, diagnostics);
  if (source == nullptr) return std::nullopt;
  Diagnostics found;
  ComponentTable table = read_user_table(source, registry.classes(), found);
  for (const Diagnostic& each : found.all()) {
    if (each.severity == Severity::error) diagnostics.error(each.message, each.where, each.label, each.notes);
    if (each.severity == Severity::warning) diagnostics.warning(each.message, each.where, each.label, each.notes);
  }
  if (found.has_errors()) return std::nullopt;
  if (registry.find(table.name) != nullptr) {
    diagnostics.error(fmt::format("there is a table or model '{}' already", table.name), where,
                      "give the file another name, or name it once");
    return std::nullopt;
  }
  std::string name = table.name;
  registry.add_in_front(std::make_unique<TableEstimator>(std::move(table)));
  return name;
}

DescriptionTables tables_of_description(const Architecture& architecture, const Registry& registry,
                                        Diagnostics& diagnostics) {
  DescriptionTables result{registry, {}};
  for (const auto& [entry, where] : architecture.tables) {
    if (names_table_file(entry)) {
      const auto name = add_table_file(result.registry, path_of(entry, where, architecture), where, diagnostics);
      if (name) result.named.insert(*name);
      continue;
    }
    if (registry.find(entry) == nullptr) {
      const std::vector<std::string> known = registry.names();
      diagnostics.error(
          fmt::format("no table or model '{}'", entry), where, did_you_mean(entry, known),
          {"tables and models: " + list_names(known), "a file of yours is named with its ending: " + entry + ".csv"});
    }
    result.named.insert(entry);
  }
  result.registry.check_selection(diagnostics);
  return result;
}

}  // namespace ohmloop
