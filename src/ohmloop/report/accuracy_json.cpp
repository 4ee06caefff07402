#include <cmath>

#include <fmt/format.h>

#include "ohmloop/base/number_format.hpp"
#include "ohmloop/report/accuracy_report.hpp"
#include "ohmloop/report/layers_csv.hpp"
#include "ohmloop/report/provenance_json.hpp"

namespace ohmloop {

namespace {

Json optional_json(const std::optional<int>& bits) { return bits ? Json(*bits) : Json(); }

Json interval_json(const Interval& interval) { return Json::array({finite(interval.low), finite(interval.high)}); }

Json noise_json(const AccuracyReport& report) {
  const AccuracySettings& settings = report.settings;
  Json json = {{"kind", to_string(settings.noise.kind)},
               {"place", to_string(settings.noise.place)},
               {"maximum", to_string(settings.noise.maximum)},
               {"amplitudes", settings.noise_amplitudes}};
  return json;
}

Json settings_json(const AccuracyReport& report) {
  const AccuracySettings& settings = report.settings;
  Json json;
  json["batch"] = settings.batch;
  json["images"] = settings.images ? Json(*settings.images) : Json();
  json["seeds"] = settings.seeds;
  json["skip_first"] = settings.layers.skip_first;
  json["skip_last"] = settings.layers.skip_last;
  json["per_layer"] = settings.per_layer;
  json["weight_scale"] = settings.precision.weights_per_channel ? "channel" : "tensor";
  json["weight_range"] = to_string(settings.precision.weight_rule);
  json["activation_range"] = to_string(settings.precision.activation_rule);
  json["calibration_images"] = settings.calibration_images;
  json["stop_at_width"] = settings.stop_at_width ? Json(*settings.stop_at_width) : Json();
  return json;
}

Json point_json(const AccuracyReport& report, const PointAccuracy& point) {
  Json json;
  json["noise_amplitude"] = finite(point.point.noise_amplitude);
  json["weight_bits"] = optional_json(point.point.weight_bits);
  json["activation_bits"] = optional_json(point.point.activation_bits);
  json["layer"] = point.point.layer ? Json(report.result.layers[*point.point.layer]) : Json();
  json["images"] = point.images;
  json["top1"] = finite(point.top1);
  json["top1_ci95"] = interval_json(point.top1_ci95);
  json["top1_seeds_ci95"] = point.top1_seeds_ci95 ? interval_json(*point.top1_seeds_ci95) : Json();
  json["top5"] = finite(point.top5);
  json["top5_ci95"] = interval_json(point.top5_ci95);
  json["agreement"] = finite(point.agreement);
  json["change"] = finite(point.change);
  json["change_ci95"] = interval_json(point.change_ci95);
  json["seeds"] = Json::array();
  for (const SeedAccuracy& seed : point.seeds) {
    json["seeds"].push_back({{"seed", seed.seed},
                             {"top1", finite(seed.top1)},
                             {"top5", finite(seed.top5)},
                             {"agreement", finite(seed.agreement)},
                             {"not_numbers", seed.not_numbers}});
  }
  return json;
}

Json signals_json(const AccuracyResult& result) {
  Json json = Json::array();
  for (const LayerSignal& signal : result.signals) {
    const bool infinite = std::isinf(signal.signal_to_noise_db);
    json.push_back(
        {{"layer", signal.layer}, {"signal_to_noise_db", infinite ? Json() : Json(signal.signal_to_noise_db)}});
  }
  return json;
}

}  // namespace

std::string accuracy_json(const AccuracyReport& report) {
  const AccuracyResult& result = report.result;
  Json json;
  json["schema"] = "ohmloop-accuracy/1";
  json["tool"] = tool_json(report.tool);
  json["inputs"] = inputs_json(report.inputs);
  json["network"] = report.network;
  json["data_set"] = {{"name", report.data_set},
                      {"images", report.data_set_images},
                      {"decoder", report.decoder},
                      {"preprocessing", report.preprocessing}};
  json["classes"] = result.classes;
  json["images"] = result.images;
  if (!result.points.empty()) {
    const PointAccuracy& first = result.points.front();
    json["top1"] = finite(first.top1);
    json["top5"] = finite(first.top5);
    json["top1_ci95"] = interval_json(first.top1_ci95);
    json["agreement"] = finite(first.agreement);
  }
  json["images_per_second"] = finite(result.images_per_second);
  json["noise"] = noise_json(report);
  json["weight_bits"] = optional_json(report.settings.weight_bits.front());
  json["activation_bits"] = optional_json(report.settings.activation_bits.front());
  json["seed"] = report.settings.seeds.front();
  json["settings"] = settings_json(report);
  json["reference"] = {{"top1", finite(result.reference_top1)},
                       {"top5", finite(result.reference_top5)},
                       {"top1_ci95", interval_json(result.reference_top1_ci95)}};
  json["points"] = Json::array();
  for (const PointAccuracy& point : result.points) json["points"].push_back(point_json(report, point));
  json["layer_signals"] = {{"images", result.signal_images}, {"layers", signals_json(result)}};
  json["interrupted"] = result.was_interrupted;
  json["stopped_early"] = result.stopped_early;
  json["warnings"] = warnings_json(report.warnings);
  return json_text(json);
}

std::string accuracy_csv(const AccuracyReport& report) {
  std::string text =
      "network,data_set,noise,noise_place,noise_amplitude,weight_bits,activation_bits,layer,seed,images,top1,top5,"
      "agreement,"
      "point_top1,point_top1_low,point_top1_high,point_change,point_change_low,point_change_high\n";
  const auto bits = [](const std::optional<int>& value) { return value ? std::to_string(*value) : std::string(); };
  for (const PointAccuracy& point : report.result.points) {
    const std::string layer = point.point.layer ? report.result.layers[*point.point.layer] : "";
    for (const SeedAccuracy& seed : point.seeds) {
      text += fmt::format(
          "{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{},{}\n", csv_field(report.network),
          csv_field(report.data_set), to_string(report.settings.noise.kind), to_string(report.settings.noise.place),
          shortest_double(point.point.noise_amplitude), bits(point.point.weight_bits),
          bits(point.point.activation_bits), csv_field(layer), seed.seed, point.images, shortest_double(seed.top1),
          shortest_double(seed.top5), shortest_double(seed.agreement), shortest_double(point.top1),
          shortest_double(point.top1_ci95.low), shortest_double(point.top1_ci95.high), shortest_double(point.change),
          shortest_double(point.change_ci95.low), shortest_double(point.change_ci95.high));
    }
  }
  return text;
}

std::string predictions_text(const AccuracyResult& result, char separator) {
  std::string text = fmt::format("index{0}label{0}top1\n", separator);
  for (std::size_t i = 0; i < result.predictions.size(); ++i) {
    text += fmt::format("{1}{0}{2}{0}{3}\n", separator, i, result.labels[i], result.predictions[i]);
  }
  return text;
}

}  // namespace ohmloop
