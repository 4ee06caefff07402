#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ohmloop {

/// A name with the ranges of its instances taken out: "chip.PE[0..167].mac" is "chip.PE.mac" with 0..167 at 7.
struct InstanceName {
  struct Range {
    std::size_t at = 0;  ///< where in `base` it stood
    std::int64_t first = 0;
    std::int64_t last = 0;
  };
  std::string base;
  std::vector<Range> ranges;
};

/// Brackets that hold neither "3" nor "0..167" stay part of the base.
InstanceName parse_instance_name(std::string_view name);

/// Finds the component of a name, be it the component's own or that of some of its instances.
class InstanceIndex {
 public:
  explicit InstanceIndex(const std::vector<std::string>& names);

  /// "chip.PE[3].mac", "chip.PE[0..9].mac" and "chip.PE.mac" all mean "chip.PE[0..167].mac". The place in the names
  /// given; nothing if there is none, or more than one and no equal one.
  [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const;

 private:
  struct Entry {
    InstanceName name;
    std::size_t place = 0;
  };
  std::map<std::string, std::size_t, std::less<>> equal_;
  std::multimap<std::string, Entry, std::less<>> by_base_;
};

}  // namespace ohmloop
