#include "ohmloop/report/figures/draw_figure.hpp"

#include <fstream>

#include <gtest/gtest.h>

#include "ohmloop/report/figures/figure_samples.hpp"

namespace ohmloop {
namespace {

TEST(DrawFigure, Gallery) {
  for (const SampleFigure& sample : sample_figures()) {
    for (const PictureFormat format : {PictureFormat::svg, PictureFormat::pdf, PictureFormat::png}) {
      const FigureDrawing drawing = draw_figure(sample.figure, {.format = format});
      ASSERT_TRUE(drawing.picture) << sample.name << ": " << drawing.problem << "\n" << drawing.script;
      std::ofstream("figures-test-" + sample.name + "." + std::string(to_string(format))) << *drawing.picture;
    }
  }
}

}  // namespace
}  // namespace ohmloop
