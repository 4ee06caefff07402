#include <fmt/format.h>

#include "ohmloop/cli/accuracy_inputs.hpp"
#include "ohmloop/study/number_lists.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {

namespace {

constexpr std::int64_t most_seeds = 10'000;

void read_noise(const ParsedArguments& arguments, AccuracySettings& settings, Diagnostics& diagnostics) {
  if (!arguments.has("noise")) return;
  const ArgumentText word = arguments.values("noise").back();
  const std::size_t colon = word.text.find(':');
  const std::string kind = word.text.substr(0, colon);
  if (kind != "fixed" && kind != "rescaled") {
    diagnostics.error(fmt::format("unknown kind of noise '{}'", kind), word.where,
                      did_you_mean(kind, std::vector<std::string>{"fixed", "rescaled"}),
                      {"known: fixed:DEVIATION, rescaled:SHARE_OF_MAXIMUM"});
    return;
  }
  if (colon == std::string::npos) {
    diagnostics.error("noise without an amplitude", word.where,
                      fmt::format("expected {}:AMPLITUDE, as in {}:0.05", kind, kind));
    return;
  }
  settings.noise.kind = kind == "fixed" ? NoiseKind::fixed : NoiseKind::rescaled;
  settings.noise_amplitudes = parse_amplitudes(word.text.substr(colon + 1), word.where, diagnostics);
}

NoisePlace place_of(const std::string& word) {
  if (word == "sum") return NoisePlace::sum;
  if (word == "bias") return NoisePlace::bias;
  return word == "activation" ? NoisePlace::activation : NoisePlace::normalised;
}

NoiseMaximum maximum_of(const std::string& word) {
  if (word == "batch") return NoiseMaximum::batch;
  return word == "calibration" ? NoiseMaximum::calibration : NoiseMaximum::image;
}

RangeRule rule_of(const std::string& word) {
  if (word == "percentile") return RangeRule::percentile;
  return word == "mse" ? RangeRule::mean_squared_error : RangeRule::maximum;
}

void read_bits(const ParsedArguments& arguments, AccuracySettings& settings, Diagnostics& diagnostics) {
  for (const bool weights : {true, false}) {
    const std::string_view option = weights ? "weight-bits" : "activation-bits";
    if (!arguments.has(option)) continue;
    const ArgumentText word = arguments.values(option).back();
    (weights ? settings.weight_bits : settings.activation_bits) = parse_bits(word.text, word.where, diagnostics);
  }
  settings.precision.weights_per_channel = arguments.value("weight-scale").value_or("channel") == "channel";
  settings.precision.weight_rule = rule_of(arguments.value("weight-range").value_or("maximum"));
  settings.precision.activation_rule = rule_of(arguments.value("activation-range").value_or("maximum"));
}

void read_seeds(const ParsedArguments& arguments, AccuracySettings& settings, Diagnostics& diagnostics) {
  const std::int64_t count = arguments.number("seeds").value_or(1);
  const auto first = static_cast<std::uint64_t>(arguments.number("seed").value_or(1));
  if (count > most_seeds) {
    diagnostics.error(fmt::format("{} seeds", count), arguments.values("seeds").back().where,
                      fmt::format("at most {}", most_seeds));
    return;
  }
  settings.seeds.clear();
  for (std::uint64_t i = 0; i < static_cast<std::uint64_t>(count); ++i) settings.seeds.push_back(first + i);
}

void read_layers(const ParsedArguments& arguments, AccuracySettings& settings, Diagnostics& diagnostics) {
  const std::string skipped = arguments.value("skip").value_or("");
  settings.layers.skip_first = skipped == "first" || skipped == "both";
  settings.layers.skip_last = skipped == "last" || skipped == "both";
  settings.per_layer = arguments.has("per-layer");
  if (settings.per_layer && !skipped.empty()) {
    diagnostics.error("layers can't be left out where each one is distorted on its own",
                      arguments.values("skip").back().where);
  }
  const bool distorts = arguments.has("noise") || arguments.has("weight-bits") || arguments.has("activation-bits");
  if (settings.per_layer && !distorts) {
    diagnostics.error("--per-layer distorts one layer at a time, but nothing says how",
                      arguments.values("per-layer").back().where, "add --noise, --weight-bits or --activation-bits");
  }
}

}  // namespace

AccuracySettings accuracy_settings(const ParsedArguments& arguments) {
  constexpr std::int64_t largest_batch = 4096;
  Diagnostics diagnostics;
  AccuracySettings settings;
  read_noise(arguments, settings, diagnostics);
  settings.noise.place = place_of(arguments.value("noise-place").value_or("normalised"));
  settings.noise.maximum = maximum_of(arguments.value("noise-maximum").value_or("image"));
  read_bits(arguments, settings, diagnostics);
  read_seeds(arguments, settings, diagnostics);
  read_layers(arguments, settings, diagnostics);
  if (const auto images = arguments.number("images")) settings.images = static_cast<std::size_t>(*images);
  settings.batch = arguments.number("batch").value_or(4);
  if (settings.batch > largest_batch) {
    diagnostics.error(fmt::format("a batch of {} images", settings.batch), arguments.values("batch").back().where,
                      fmt::format("at most {}", largest_batch));
  }
  settings.calibration_images = static_cast<std::size_t>(arguments.number("calibration-images").value_or(128));
  if (arguments.has("stop-at-width")) {
    const ArgumentText word = arguments.values("stop-at-width").back();
    settings.stop_at_width = parse_fraction(word.text, word.where, diagnostics);
  }
  diagnostics.throw_if_errors();
  return settings;
}

}  // namespace ohmloop
