#pragma once

#include <string>
#include <string_view>

#include "ohmloop/report/figures/figure.hpp"

namespace ohmloop {

inline constexpr std::string_view ink_colour = "#222222";    ///< text and axes
inline constexpr std::string_view faint_colour = "#d9d9d9";  ///< grids
inline constexpr std::string_view paper_colour = "#ffffff";
inline constexpr std::string_view ours_colour = "#0072b2";       ///< our numbers beside others'
inline constexpr std::string_view reference_colour = "#b8b8b8";  ///< what is compared with

/// How a series looks.
struct SeriesLook {
  std::string_view colour;  ///< "#0072b2"
  int marker = 0;           ///< gnuplot's number of the point's shape
  int dash = 0;             ///< 1: none; 2, 3, 4: longer and shorter dashes
};

/// Parts of energy and places in an order take the colours of Okabe and Ito ("Color universal design", 2008) but for
/// the yellow, which is hard to see on white; tensors take those of Tol's scheme "bright" ("Colour schemes",
/// SRON/EPS/TN/09-002, 2021), so that no tensor looks like a part. In an order colours repeat after 7, with
/// other markers and dashes: the first 77 differ.
SeriesLook look_of(const SeriesSubject& subject);

/// The colour as gnuplot takes it with what lies below showing through, for points that others dominate.
std::string translucent(std::string_view colour, double transparency);

/// "off chip", "ADC": a part for people.
std::string_view part_title(CostPart part);

}  // namespace ohmloop
