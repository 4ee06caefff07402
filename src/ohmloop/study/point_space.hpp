#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "ohmloop/study/study.hpp"
#include "ohmloop/study/sweep_axes.hpp"

namespace ohmloop {

/// The points of a part by number, and what of a point determines its chip, its costs and its accuracy: points that
/// differ in nothing else share these.
class PointSpace {
 public:
  using Choice = std::vector<std::size_t>;  ///< per axis, the index of its value

  /// The part must outlive it. Throws OverflowError beyond 2^63 points.
  explicit PointSpace(const StudyPart& part);

  [[nodiscard]] std::uint64_t size() const { return size_; }
  [[nodiscard]] Choice choice(std::uint64_t point) const;  ///< the last axis fastest

  /// Index of the value of the first axis of the kind; 0 where there is none.
  [[nodiscard]] std::size_t value_index(const Choice& choice, AxisKind kind) const;
  [[nodiscard]] std::uint64_t chip(const Choice& choice) const;  ///< of architecture and keys
  [[nodiscard]] std::uint64_t chips() const { return chips_; }
  [[nodiscard]] std::uint64_t accuracy(const Choice& choice) const;  ///< of network, noise, bits and seed

  /// What is overridden in the architecture, in the words of --set.
  [[nodiscard]] std::vector<PlacedText> overrides(const Choice& choice) const;
  /// `set`, as axes of one value, and the axes of keys: for check_values.
  [[nodiscard]] const std::vector<ParsedAxis>& chip_axes() const { return chip_axes_; }

 private:
  const StudyPart& part_;
  std::vector<ParsedAxis> chip_axes_;
  std::uint64_t size_ = 1;
  std::uint64_t chips_ = 1;
};

/// Points of all parts, as a plain number: it may be huge.
double count_points(const Study& study);
/// "3 networks x 6 x 2 + 2 networks x 4".
std::string product_text(const Study& study);

}  // namespace ohmloop
