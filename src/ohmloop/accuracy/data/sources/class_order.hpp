#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "ohmloop/accuracy/data/sources/open_images.hpp"

namespace ohmloop {

/// Numbers of classes that go by name: wnids, as n01440764, or names of folders.
class ClassOrder {
 public:
  /// Numbers the names as they stand; of equal ones the first counts.
  explicit ClassOrder(std::vector<std::string> names);

  /// By the lines of a file, of which the first word is the name. Reports names that stand twice.
  static std::optional<ClassOrder> read(const PlacedPath& file, OpenContext& context);
  /// By the names themselves, sorted by their bytes, each once.
  static ClassOrder sorted(std::vector<std::string> names);

  [[nodiscard]] std::optional<std::int64_t> find(const std::string& name) const;
  [[nodiscard]] std::int64_t size() const { return static_cast<std::int64_t>(names_.size()); }
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

 private:
  std::vector<std::string> names_;
  std::unordered_map<std::string, std::int64_t> numbers_;
};

}  // namespace ohmloop
