#include "stored_study.hpp"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <memory>
#include <stdexcept>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "ohmloop/base/temporary_folder.hpp"
#include "ohmloop/energy/registry.hpp"
#include "ohmloop/report/study_report.hpp"
#include "ohmloop/study/built_in_studies.hpp"
#include "ohmloop/study/read_study.hpp"
#include "ohmloop/study/run_study.hpp"
#include "ohmloop/study/study_folder.hpp"
#include "ohmloop/text/csv.hpp"

namespace ohmloop::test {

namespace {

std::string text_of(const std::string& name, const char* file) {
  return read_source_file(fmt::format("{}/studies/{}/{}", OHMLOOP_SOURCE_DIR, name, file))->text;
}

/// With one blank for any run of white space.
std::string joined(const std::string& text) {
  std::string result;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\n' || c == '\t';
    if (blank && (result.empty() || result.back() == ' ')) continue;
    result += blank ? ' ' : c;
  }
  return result;
}

bool has(const Row& row, const Where& where) {
  return std::all_of(where.begin(), where.end(), [&](const auto& one) { return row.at(one.first) == one.second; });
}

std::string words_of(const Where& where) {
  std::string text;
  for (const auto& [column, cell] : where) text += fmt::format("{} = {}; ", column, cell);
  return text;
}

}  // namespace

std::vector<Row> read_rows(const std::string& text, const std::string& name) {
  Diagnostics diagnostics;
  const CsvFile file = parse_csv(std::make_shared<const SourceFile>(SourceFile{name, text}), diagnostics);
  diagnostics.throw_if_errors();
  std::vector<Row> rows;
  for (const CsvRow& one : file.rows) {
    Row row;
    for (std::size_t i = 0; i < one.cells.size(); ++i) row[file.header.cells[i].text] = one.cells[i].text;
    rows.push_back(std::move(row));
  }
  return rows;
}

double number_of(const Row& row, const std::string& column) {
  const std::string& text = row.at(column);
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) {
    throw std::runtime_error(fmt::format("'{}' of column {} is no number", text, column));
  }
  return value;
}

StoredStudy::StoredStudy(const std::string& name)
    : name_(name), rows_(read_rows(text_of(name, "results.csv"), name)), readme_(joined(text_of(name, "README.md"))) {}

std::vector<Row> StoredStudy::rows(const Where& where) const {
  std::vector<Row> found;
  std::copy_if(rows_.begin(), rows_.end(), std::back_inserter(found), [&](const Row& row) { return has(row, where); });
  return found;
}

double StoredStudy::number(const Where& where, const std::string& column) const {
  const std::vector<Row> found = rows(where);
  if (found.size() != 1) {
    throw std::runtime_error(fmt::format("{}: {} rows with {}", name_, found.size(), words_of(where)));
  }
  return number_of(found.front(), column);
}

std::string StoredStudy::best(const Where& where, const std::string& column, const std::string& series) const {
  const std::vector<Row> found = rows(where);
  if (found.empty()) throw std::runtime_error(fmt::format("{}: no row with {}", name_, words_of(where)));
  return std::max_element(found.begin(), found.end(),
                          [&](const Row& a, const Row& b) { return number_of(a, column) < number_of(b, column); })
      ->at(series);
}

void StoredStudy::says(const std::string& words) const {
  EXPECT_NE(readme_.find(words), std::string::npos) << "studies/" << name_ << "/README.md does not say: " << words;
}

std::string quick_results(const std::string& name) {
  const Study study = read_study(find_built_in_study(name), {.quick = true});
  const StudyInputs inputs = open_study_inputs(study);
  Registry registry;
  register_builtin_estimators(registry);
  const TemporaryFolder folder;
  StoreLabel label;
  label.study = study.name;
  label.identity = study.identity;
  label.study_path = study.source->path;
  label.study_text = study.source->text;
  label.quick = true;
  StudyFolder results(folder.path() + "/results", label, false);
  run_study(study, inputs, registry, results.store());
  return study_csv(read_results(results.store()));
}

}  // namespace ohmloop::test
