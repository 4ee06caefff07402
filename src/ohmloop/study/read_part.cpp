#include "ohmloop/study/read_part.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "ohmloop/study/read_study_axes.hpp"
#include "ohmloop/text/map_reader.hpp"
#include "ohmloop/text/suggest.hpp"

namespace ohmloop {

namespace {

constexpr std::int64_t most_images = 1'000'000'000;
constexpr std::int64_t most_batch = 1'000'000;
constexpr std::int64_t most_accuracy_batch = 4096;
constexpr std::int64_t most_seeds = 10'000;

/// The index of the word among the choices; 0, the default, where none is given.
std::size_t choice_index(MapReader& keys, const char* key, std::span<const std::string> choices) {
  const std::optional<std::string> word = keys.choice(key, choices);
  const auto found = std::find(choices.begin(), choices.end(), word.value_or(choices.front()));
  return static_cast<std::size_t>(found - choices.begin());
}

/// What the options of `ohmloop accuracy` say there.
void read_accuracy(const YamlNode& map, AccuracySettings& settings, Diagnostics& diagnostics) {
  static const std::array<std::string, 4> places = {"normalised", "sum", "bias", "activation"};
  static const std::array<std::string, 3> maxima = {"image", "batch", "calibration"};
  static const std::array<std::string, 4> skipped = {"none", "first", "last", "both"};
  static const std::array<std::string, 2> scales = {"channel", "tensor"};
  static const std::array<std::string, 3> ranges = {"maximum", "percentile", "mse"};
  constexpr std::array place_values = {NoisePlace::normalised, NoisePlace::sum, NoisePlace::bias,
                                       NoisePlace::activation};
  constexpr std::array maximum_values = {NoiseMaximum::image, NoiseMaximum::batch, NoiseMaximum::calibration};
  constexpr std::array range_values = {RangeRule::maximum, RangeRule::percentile, RangeRule::mean_squared_error};
  if (!map.is_map()) {
    diagnostics.error(fmt::format("expected a map behind 'accuracy', found {}", kind_name(map)), map.span);
    return;
  }
  EmptyScope scope;
  MapReader keys(map, "'accuracy'", scope, diagnostics);
  settings.noise.place = place_values.at(choice_index(keys, "noise_place", places));
  settings.noise.maximum = maximum_values.at(choice_index(keys, "noise_maximum", maxima));
  const std::size_t skip = choice_index(keys, "skip", skipped);
  settings.layers.skip_first = skip == 1 || skip == 3;
  settings.layers.skip_last = skip == 2 || skip == 3;
  settings.precision.weights_per_channel = choice_index(keys, "weight_scale", scales) == 0;
  settings.precision.weight_rule = range_values.at(choice_index(keys, "weight_range", ranges));
  settings.precision.activation_rule = range_values.at(choice_index(keys, "input_range", ranges));
  settings.batch = keys.integer("batch", dimension::none, 1, most_accuracy_batch).value_or(settings.batch);
  settings.calibration_images =
      static_cast<std::size_t>(keys.integer("calibration_images", dimension::none, 1, most_images)
                                   .value_or(static_cast<std::int64_t>(settings.calibration_images)));
  keys.finish();
}

class PartReader {
 public:
  PartReader(const YamlNode& map, bool named, Diagnostics& diagnostics)
      : keys_(map, named ? "a part" : "the study", scope_, diagnostics), diagnostics_(diagnostics) {
    if (named) part_.name = keys_.text("name").value_or("");
    part_.where = map.span;
  }

  StudyPart read() {
    read_axes_of_part();
    read_layers();
    read_set();
    read_settings();
    read_metrics();
    keys_.mark_known("quick");
    keys_.finish();
    check();
    return std::move(part_);
  }

 private:
  const YamlEntry* entry(const std::string& key) {
    keys_.mark_known(key);
    const auto& entries = keys_.map().entries;
    const auto found =
        std::find_if(entries.begin(), entries.end(), [&](const YamlEntry& one) { return one.key == key; });
    return found == entries.end() ? nullptr : &*found;
  }

  void read_axes_of_part() {
    ReadAxes read;
    if (const YamlNode* axes = keys_.node("axes")) read = read_axes(*axes, diagnostics_);
    part_.noise = read.noise;
    for (const auto& [key, kind] :
         {std::pair("networks", AxisKind::network), {"architecture", AxisKind::architecture}}) {
      const YamlEntry* given = entry(key);
      if (given == nullptr) continue;
      auto axis = read_name_axis(*given, kind, diagnostics_);
      if (!axis) continue;
      const auto twice = std::find_if(read.axes.begin(), read.axes.end(),
                                      [&](const StudyAxis& one) { return one.kind == axis->kind; });
      if (twice != read.axes.end()) {
        diagnostics_.error(fmt::format("'{}' is given twice", axis->name), twice->where,
                           fmt::format("'{}' gives it, too", key));
      }
      part_.axes.push_back(*std::move(axis));
    }
    part_.axes.insert(part_.axes.end(), read.axes.begin(), read.axes.end());
  }

  void read_layers() {
    const YamlNode* node = keys_.node("layers");
    if (node == nullptr) return;
    for (const std::string& name : keys_.words("layers").value_or(std::vector<std::string>())) {
      part_.layers.push_back({name, node->span});
    }
    if (part_.layers.empty()) diagnostics_.error("'layers' names none", node->span, "as in [conv1, conv2]");
  }

  void read_set() {
    const YamlNode* set = keys_.node("set");
    if (set == nullptr) return;
    if (!set->is_map()) {
      diagnostics_.error(fmt::format("expected a map behind 'set', found {}", kind_name(*set)), set->span,
                         "as in {cell: 8 bit}");
      return;
    }
    for (const YamlEntry& one : set->entries) {
      if (!one.value.is_scalar() || one.value.scalar.empty() || one.key.find('=') != std::string::npos) {
        diagnostics_.error(fmt::format("expected a value behind '{}', found {}", one.key, kind_name(one.value)),
                           one.value.span);
        continue;
      }
      part_.set.push_back({one.key + "=" + one.value.scalar, one.key_span});
      check_swept(one);
    }
  }

  void check_swept(const YamlEntry& one) {
    for (const StudyAxis& axis : part_.axes) {
      if (std::find(axis.keys().begin(), axis.keys().end(), one.key) == axis.keys().end()) continue;
      diagnostics_.error(fmt::format("'{}' is given twice", one.key), one.key_span,
                         fmt::format("axis '{}' gives it, too", axis.name));
    }
  }

  void read_settings() {
    if (const auto data = keys_.text("data")) part_.data = PlacedText{*data, keys_.node("data")->span};
    if (const auto images = keys_.integer("images", dimension::none, 1, most_images)) {
      part_.accuracy.images = static_cast<std::size_t>(*images);
    }
    if (const YamlNode* map = keys_.node("accuracy")) read_accuracy(*map, part_.accuracy, diagnostics_);
    const std::int64_t seeds = keys_.integer("seeds", dimension::none, 1, most_seeds).value_or(1);
    part_.accuracy.seeds.clear();
    for (std::int64_t seed = 1; seed <= seeds; ++seed) part_.accuracy.seeds.push_back(static_cast<std::uint64_t>(seed));
    part_.accuracy.noise.kind = part_.noise;
    part_.batch = keys_.integer("batch", dimension::none, 1, most_batch).value_or(1);
    if (const auto objective = keys_.text("objective")) {
      try {
        part_.objective = parse_objective(*objective, keys_.node("objective")->span);
      } catch (const InputError& error) {
        for (const Diagnostic& each : error.diagnostics()) {
          diagnostics_.error(each.message, each.where, each.label, each.notes);
        }
      }
    }
  }

  void read_metrics() {
    const YamlNode* node = keys_.required_node("metrics");
    if (node == nullptr) return;
    std::vector<const YamlNode*> items;
    if (node->is_scalar()) items.push_back(node);
    for (const YamlNode& item : node->items) items.push_back(&item);
    if (items.empty()) diagnostics_.error("no metric is asked for", node->span, "as in [energy_pj, latency_s]");
    for (const YamlNode* item : items) {
      const Metric* metric = item->is_scalar() ? find_metric(item->scalar) : nullptr;
      if (metric == nullptr) {
        const std::vector<std::string> known = metric_names();
        diagnostics_.error(fmt::format("unknown metric '{}'", item->scalar), item->span,
                           did_you_mean(item->scalar, known), {fmt::format("known: {}", list_names(known))});
      } else if (std::find(part_.metrics.begin(), part_.metrics.end(), metric) != part_.metrics.end()) {
        diagnostics_.error(fmt::format("metric '{}' is given twice", item->scalar), item->span);
      } else {
        part_.metrics.push_back(metric);
      }
    }
    asked_ = true;
  }

  /// What doesn't go together.
  void check() {
    if (part_.axis(AxisKind::network) == nullptr && entry("networks") == nullptr) {
      diagnostics_.error("no network is given", part_.where, "as in networks: [resnet18, mobilenet_v2]");
    }
    if (!asked_ || part_.metrics.empty()) return;
    const bool has_architecture = part_.axis(AxisKind::architecture) != nullptr;
    if (part_.wants(MetricKind::cost) && !has_architecture && entry("architecture") == nullptr) {
      diagnostics_.error("a cost is asked for, but no architecture is given", keys_.key_span("metrics"),
                         "as in architecture: pim");
    }
    for (const StudyAxis& axis : part_.axes) {
      const bool of_cost = axis.kind == AxisKind::keys || axis.kind == AxisKind::architecture;
      const MetricKind needed = of_cost ? MetricKind::cost : MetricKind::accuracy;
      if (!axis.sets.empty() && !part_.wants(MetricKind::cost)) {
        diagnostics_.error(
            fmt::format("'{}' sets keys of an architecture, but no metric of cost is asked for", axis.name),
            axis.where);
      }
      if ((!of_cost && !is_of_accuracy(axis.kind)) || part_.wants(needed)) continue;
      diagnostics_.error(fmt::format("'{}' changes none of the metrics that are asked for", axis.name), axis.where,
                         fmt::format("it needs a metric of {}", to_string(needed)));
    }
    check_seeds();
    if (!part_.layers.empty() && part_.wants(MetricKind::accuracy)) {
      diagnostics_.error("'layers' with a metric of accuracy", part_.layers.front().where,
                         "networks are run with all of their layers");
    }
  }

  void check_seeds() {
    const StudyAxis* seed = part_.axis(AxisKind::seed);
    if (seed == nullptr) return;
    if (part_.accuracy.seeds.size() > 1) {
      diagnostics_.error("'seeds' and an axis 'seed' are given", seed->where, "'seeds: 5' are means over 5");
    }
    if (part_.axis(AxisKind::noise) == nullptr) {
      diagnostics_.error("an axis 'seed' without noise", seed->where, "noise is all that is drawn");
    }
  }

  EmptyScope scope_;
  MapReader keys_;
  Diagnostics& diagnostics_;
  StudyPart part_;
  bool asked_ = false;
};

}  // namespace

StudyPart read_part(const YamlNode& map, bool named, Diagnostics& diagnostics) {
  return PartReader(map, named, diagnostics).read();
}

}  // namespace ohmloop
