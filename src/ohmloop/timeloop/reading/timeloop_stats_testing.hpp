#pragma once

#include <charconv>
#include <cstddef>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

/// For tests alone: what Timeloop prints as stats.txt, as numbers.
namespace ohmloop::testing_timeloop {

/// "Scalar reads (per-instance)" -> 3072; units behind the number are dropped, "-" has no entry.
using PrintedNumbers = std::map<std::string, double, std::less<>>;

inline double number_of(const PrintedNumbers& numbers, std::string_view key) {
  const auto found = numbers.find(key);
  if (found == numbers.end()) throw std::out_of_range("the statistics have no '" + std::string(key) + "'");
  return found->second;
}

/// One data space at one level or network. Per instance where Timeloop prints it per instance.
struct TimeloopTensorStats {
  std::string name;
  PrintedNumbers numbers;

  [[nodiscard]] double reads() const { return number_of(numbers, "Scalar reads (per-instance)"); }
  [[nodiscard]] double fills() const { return number_of(numbers, "Scalar fills (per-instance)"); }
  [[nodiscard]] double updates() const { return number_of(numbers, "Scalar updates (per-instance)"); }
  [[nodiscard]] double partition_size() const { return number_of(numbers, "Partition size"); }
  [[nodiscard]] double utilised_capacity() const { return number_of(numbers, "Utilized capacity"); }
  [[nodiscard]] double utilised_instances() const { return number_of(numbers, "Utilized instances (max)"); }
  [[nodiscard]] double energy_pj() const { return number_of(numbers, "Energy (total)"); }
};

struct TimeloopLevelStats {
  std::string name;
  PrintedNumbers specs;
  std::map<std::string, std::string, std::less<>> spec_texts;  ///< "Technology" -> "SRAM", "Instances" -> "16 (16*1)"
  PrintedNumbers numbers;  ///< of the level itself: "Cycles", "Bandwidth throttling", of a MAC "Computes (total)"
  std::vector<TimeloopTensorStats> tensors;  ///< those that are kept there

  [[nodiscard]] const TimeloopTensorStats* tensor(std::string_view wanted) const {
    for (const TimeloopTensorStats& one : tensors) {
      if (one.name == wanted) return &one;
    }
    return nullptr;
  }
};

struct TimeloopStats {
  std::vector<TimeloopLevelStats> levels;    ///< innermost first; the first is the MAC
  std::vector<TimeloopLevelStats> networks;  ///< "GlobalBuffer <==> RegisterFile"
  double cycles = 0;
  double energy_uj = 0;
  double utilisation = 0;  ///< 1.0 for 100 %
  double area_mm2 = 0;
  double computes = 0;
  PrintedNumbers fj_per_compute;  ///< pJ where `pj_per_compute`, as older versions print it
  bool pj_per_compute = false;

  [[nodiscard]] const TimeloopLevelStats& level(std::string_view wanted) const {
    for (const TimeloopLevelStats& one : levels) {
      if (one.name == wanted) return one;
    }
    throw std::out_of_range("the statistics have no level '" + std::string(wanted) + "'");
  }
};

namespace stats_detail {

inline std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t\r") - first + 1));
}

/// Puts "key : value" or "key = value" where it belongs; false if the line has another form.
inline bool read_pair(const std::string& line, char mark, PrintedNumbers& numbers,
                      std::map<std::string, std::string, std::less<>>* texts) {
  const std::size_t at = line.find(mark);
  if (at == std::string::npos) return false;
  const std::string key = trimmed(std::string_view(line).substr(0, at));
  const std::string value = trimmed(std::string_view(line).substr(at + 1));
  if (key.empty() || value.empty()) return false;
  if (texts != nullptr) (*texts)[key] = value;
  double number = 0;
  if (std::from_chars(value.data(), value.data() + value.size(), number).ec == std::errc()) numbers[key] = number;
  return true;
}

class Reader {
 public:
  TimeloopStats read(std::string_view text) {
    std::istringstream lines{std::string(text)};
    for (std::string line; std::getline(lines, line); previous_ = trimmed(line)) read_line(line);
    const PrintedNumbers& summary = summary_;
    stats_.cycles = number_of(summary, "Cycles");
    stats_.energy_uj = number_of(summary, "Energy");
    const bool percent = summary_texts_["Utilization"].ends_with('%');
    stats_.utilisation = number_of(summary, "Utilization") / (percent ? 100 : 1);
    stats_.computes = computes_;
    if (summary.contains("Area")) stats_.area_mm2 = number_of(summary, "Area");
    return std::move(stats_);
  }

 private:
  enum class Part { none, levels, networks, intensity, summary };
  enum class Section { none, specs, mapping, stats };

  bool change_part(const std::string& word) {
    if (word == "Buffer and Arithmetic Levels")
      part_ = Part::levels;
    else if (word == "Networks")
      part_ = Part::networks;
    else if (word == "Operational Intensity Stats")
      part_ = Part::intensity;
    else if (word == "Summary Stats")
      part_ = Part::summary;
    else
      return false;
    current_ = nullptr;
    return true;
  }

  void start(std::vector<TimeloopLevelStats>& where, std::string name) {
    where.push_back({.name = std::move(name), .specs = {}, .spec_texts = {}, .numbers = {}, .tensors = {}});
    current_ = &where.back();
    section_ = Section::none;
  }

  void read_line(const std::string& line) {
    const std::string word = trimmed(line);
    if (word.empty() || change_part(word)) return;
    if (part_ == Part::summary) return read_summary(word);
    if (part_ == Part::levels && word.starts_with("=== ")) return start(stats_.levels, word.substr(4, word.size() - 8));
    const bool underlined_network = previous_.starts_with("-") && part_ == Part::networks && line.front() != ' ' &&
                                    line.front() != '-' && !word.starts_with("Network ");
    if (underlined_network) return start(stats_.networks, word);
    if (current_ != nullptr) read_body(word);
  }

  void read_body(const std::string& word) {
    if (word == "SPECS")
      section_ = Section::specs;
    else if (word == "MAPPING")
      section_ = Section::mapping;
    else if (word == "STATS")
      section_ = Section::stats;
    else if (section_ == Section::specs)
      read_pair(word, ':', current_->specs, &current_->spec_texts);
    else if (section_ == Section::stats && word.back() == ':') {
      current_->tensors.push_back({.name = word.substr(0, word.size() - 1), .numbers = {}});
    } else if (section_ == Section::stats) {
      read_pair(word, ':', current_->tensors.empty() ? current_->numbers : current_->tensors.back().numbers, nullptr);
    }
  }

  void read_summary(const std::string& word) {
    if (word == "fJ/Compute" || word == "pJ/MACC") {
      per_compute_ = true;
      stats_.pj_per_compute = word.front() == 'p';
    } else if (PrintedNumbers number;
               (word.starts_with("Computes") || word.starts_with("MACCs")) && read_pair(word, '=', number, nullptr)) {
      computes_ = number.begin()->second;
    } else if (per_compute_) {
      const std::size_t mark = word.rfind(" = ");  // network names have a '=' of their own
      if (mark == std::string::npos) return;
      std::string pair = word;
      PrintedNumbers value;
      read_pair("x=" + pair.substr(mark + 3), '=', value, nullptr);
      if (!value.empty()) stats_.fj_per_compute[trimmed(pair.substr(0, mark))] = value["x"];
    } else {
      read_pair(word, ':', summary_, &summary_texts_);
    }
  }

  TimeloopStats stats_;
  PrintedNumbers summary_;
  std::map<std::string, std::string, std::less<>> summary_texts_;
  double computes_ = 0;
  bool per_compute_ = false;
  Part part_ = Part::none;
  Section section_ = Section::none;
  TimeloopLevelStats* current_ = nullptr;
  std::string previous_;
};

}  // namespace stats_detail

/// Throws std::out_of_range if the text has no summary.
inline TimeloopStats parse_timeloop_stats(std::string_view text) { return stats_detail::Reader().read(text); }

/// A whole file of the shared data, or the empty string if it is absent.
inline std::string text_of_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace ohmloop::testing_timeloop
