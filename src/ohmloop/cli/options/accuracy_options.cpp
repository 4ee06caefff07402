#include <array>

#include "ohmloop/cli/options/command_specs.hpp"
#include "ohmloop/cli/options/shared_options.hpp"

namespace ohmloop {

namespace {

constexpr std::array<std::string_view, 4> noise_places = {"sum", "bias", "normalised", "activation"};
constexpr std::array<std::string_view, 3> noise_maxima = {"image", "batch", "calibration"};
constexpr std::array<std::string_view, 3> skipped_layers = {"first", "last", "both"};
constexpr std::array<std::string_view, 2> weight_scales = {"channel", "tensor"};
constexpr std::array<std::string_view, 2> weight_ranges = {"maximum", "mse"};
constexpr std::array<std::string_view, 3> activation_ranges = {"maximum", "percentile", "mse"};

constexpr std::array<PositionalSpec, 1> accuracy_arguments = {PositionalSpec{
    .name = "NETWORK", .help = "a trained network: an ONNX file with its weights, or one that is built in"}};
constexpr std::array<OptionSpec, 25> accuracy_options = {
    OptionSpec{.name = "data",
               .short_name = 'd',
               .value_name = "DATA",
               .help = "labelled images: a YAML description, or a data set's name",
               .details = "docs/accuracy.md tells how to describe one. Networks that are built in know theirs."},
    OptionSpec{.name = "images", .value_name = "N", .minimum = 1, .help = "only the first N images"},
    OptionSpec{
        .name = "noise",
        .value_name = "KIND:AMPLITUDE",
        .help = "Gaussian noise on what every weight layer gives",
        .details =
            "'fixed:0.5' has the deviation 0.5 in all layers, 'rescaled:0.05' 0.05 times the layer's largest "
            "magnitude. 'rescaled:0:0.2:0.01' is a curve from 0 to 0.2 in steps of 0.01, 'fixed:0,0.1,1' a list."},
    OptionSpec{.name = "noise-place",
               .value_name = "PLACE",
               .default_value = "normalised",
               .choices = noise_places,
               .help = "where in a layer the noise enters",
               .details = "'sum': before the bias; 'bias': after it, before normalisation; 'normalised': after both; "
                          "'activation': after the activation function that follows."},
    OptionSpec{.name = "noise-maximum",
               .value_name = "OVER",
               .default_value = "image",
               .choices = noise_maxima,
               .help = "what the largest magnitude of rescaled noise is taken over"},
    OptionSpec{.name = "skip",
               .value_name = "LAYERS",
               .choices = skipped_layers,
               .help = "leave the first or last weight layer undistorted"},
    OptionSpec{.name = "weight-bits",
               .value_name = "BITS",
               .help = "weights of 1 to 16 bits",
               .details = "'4', a list '2,4,8', or a range '2..8'; 'float' among them is float32."},
    OptionSpec{.name = "activation-bits",
               .value_name = "BITS",
               .help = "what weight layers take in 1 to 16 bits",
               .details = "With weights of few bits, too, layers sum whole numbers exactly."},
    OptionSpec{.name = "weight-scale",
               .value_name = "PER",
               .default_value = "channel",
               .choices = weight_scales,
               .help = "one scale per output channel, or per tensor"},
    OptionSpec{.name = "weight-range",
               .value_name = "RULE",
               .default_value = "maximum",
               .choices = weight_ranges,
               .help = "how the scale of weights is chosen",
               .details = "'mse': the least mean squared error."},
    OptionSpec{.name = "activation-range",
               .value_name = "RULE",
               .default_value = "maximum",
               .choices = activation_ranges,
               .help = "how the range of activations is chosen",
               .details = "'percentile': 1 value in 10,000 lies outside."},
    OptionSpec{.name = "calibration-images",
               .value_name = "N",
               .default_value = "128",
               .minimum = 1,
               .help = "the first N images choose the ranges of activations"},
    OptionSpec{.name = "per-layer", .help = "distort one layer at a time: which of them costs the accuracy"},
    OptionSpec{.name = "seeds",
               .value_name = "N",
               .default_value = "1",
               .minimum = 1,
               .help = "repeat the noise with so many seeds"},
    OptionSpec{.name = "seed", .value_name = "SEED", .default_value = "1", .minimum = 0, .help = "the first seed"},
    OptionSpec{.name = "stop-at-width",
               .value_name = "WIDTH",
               .help = "stop once the 95% intervals of top-1 are that narrow",
               .details = "'1%' or '0.01'."},
    OptionSpec{.name = "record",
               .value_name = "FILE",
               .help = "write the distributions of weights and activations of every layer",
               .details = "JSON, of the undistorted network; energy models take it."},
    OptionSpec{.name = "predictions",
               .value_name = "FILE",
               .help = "write index, label and predicted class of every image",
               .details = "Separated by tabs, or by commas where FILE ends in .csv; of the last point's first seed."},
    OptionSpec{.name = "batch",
               .value_name = "N",
               .default_value = "4",
               .minimum = 1,
               .help = "images that a thread processes together"},
    format_option,
    OptionSpec{.name = "out",
               .short_name = 'o',
               .value_name = "DIR",
               .help = "also write JSON, CSV, predictions and a figure to DIR",
               .details = "accuracy.json, points.csv, predictions.tsv and, for more than one point, accuracy.svg with "
                          "accuracy.gp, the "
                          "script that gnuplot drew it from. The directory is created; its files appear all together."},
    OptionSpec{.name = "plan", .help = "show the steps that the network is compiled to, and stop"},
    jobs_option,
    progress_option,
    quiet_option};
constexpr std::array<ExampleSpec, 2> accuracy_examples = {
    ExampleSpec{
        .command = "ohmloop accuracy fashion-mnist-depth-2 --images 200 --format csv -q | cut -d, -f1,2,10 | tail -n 1",
        .output = "fashion-mnist-depth-2,fashion-mnist,200\n"},
    ExampleSpec{
        .command =
            "ohmloop accuracy fashion-mnist-depth-2 --images 100 --noise rescaled:0:0.2:0.1 --format csv -q | wc -l",
        .output = "4\n"}};

}  // namespace

CommandSpec accuracy_spec() {
  return CommandSpec{
      .name = "accuracy",
      .help = "run a trained network on labelled images, distorted as an accelerator would",
      .details =
          "Top-1, top-5 and their 95% intervals, without distortion and under noise and few bits. All points "
          "of a curve see the same images and the same noise, so that small differences show. Weights are not "
          "trained again. Ctrl-C prints what is known so far.",
      .arguments = accuracy_arguments,
      .options = accuracy_options,
      .examples = accuracy_examples};
}

}  // namespace ohmloop
