#include "ohmloop/report/figures/figure_colour.hpp"

#include <array>
#include <cmath>

#include <fmt/format.h>

namespace ohmloop {
namespace {

constexpr std::string_view blue = "#0072b2";
constexpr std::string_view vermillion = "#d55e00";
constexpr std::string_view green = "#009e73";
constexpr std::string_view purple = "#cc79a7";
constexpr std::string_view orange = "#e69f00";
constexpr std::string_view sky_blue = "#56b4e9";
constexpr std::string_view grey = "#6e6e6e";

constexpr std::array<std::string_view, 7> in_order = {blue, vermillion, green, purple, orange, sky_blue, grey};
constexpr std::array<std::string_view, all_cost_parts.size()> of_parts = {sky_blue, blue,   orange, vermillion,
                                                                          green,    purple, grey};
constexpr std::array<std::string_view, 3> of_tensors = {"#ccbb44", "#4477aa", "#ee6677"};

/// Filled circle, square, triangles, diamond, pentagon; then the empty ones.
constexpr std::array<int, 11> markers = {7, 5, 9, 11, 13, 15, 6, 4, 8, 10, 12};
constexpr std::array<int, 4> dashes = {1, 2, 3, 4};

SeriesLook look_at(std::size_t place, std::string_view colour) {
  return {colour, markers[place % markers.size()], dashes[place / in_order.size() % dashes.size()]};
}

}  // namespace

SeriesLook look_of(const SeriesSubject& subject) {
  if (const auto* part = std::get_if<CostPart>(&subject))
    return look_at(part_index(*part), of_parts[part_index(*part)]);
  if (const auto* role = std::get_if<Role>(&subject)) return look_at(role_index(*role), of_tensors[role_index(*role)]);
  const std::size_t place = std::get<SeriesOrder>(subject).place;
  return look_at(place, in_order[place % in_order.size()]);
}

std::string translucent(std::string_view colour, double transparency) {
  return fmt::format("#{:02x}{}", std::lround(255 * transparency), colour.substr(1));
}

std::string_view part_title(CostPart part) {
  constexpr std::array<std::string_view, all_cost_parts.size()> titles = {"DAC",     "ADC",      "array",   "digital",
                                                                          "buffers", "movement", "off chip"};
  return titles[part_index(part)];
}

}  // namespace ohmloop
