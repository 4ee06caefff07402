#include "ohmloop/report/value_record.hpp"

#include "ohmloop/report/provenance_json.hpp"

namespace ohmloop {

namespace {

Json values_json(const ValueHistogram& values) {
  constexpr int bins_per_octave = 4;
  Json bins = Json::array();
  for (const ValueHistogram::Bin& bin : values.bins(bins_per_octave)) {
    const double low = bin.negative ? -bin.upper : bin.lower;
    const double high = bin.negative ? -bin.lower : bin.upper;
    bins.push_back(Json::array({finite(low), finite(high), bin.count}));
  }
  return {{"count", values.count()},
          {"mean", finite(values.mean())},
          {"mean_magnitude", finite(values.mean_magnitude())},
          {"standard_deviation", finite(values.standard_deviation())},
          {"lowest", finite(static_cast<double>(values.lowest()))},
          {"highest", finite(static_cast<double>(values.highest()))},
          {"share_of_zeros", finite(values.share_of_zeros())},
          {"histogram", std::move(bins)}};
}

Json codes_json(const CodeHistogram& codes, double scale) {
  Json counts = Json::array();
  for (const std::uint64_t count : codes.counts()) counts.push_back(count);
  return {{"bits", codes.bits()},
          {"signed", codes.is_signed()},
          {"scale", finite(scale)},
          {"lowest_code", codes.lowest_code()},
          {"counts", std::move(counts)}};
}

}  // namespace

std::string value_record_json(const ValueRecord& record) {
  Json json;
  json["schema"] = "ohmloop-values/1";
  json["network"] = record.network;
  json["data_set"] = record.data_set;
  json["images"] = record.images;
  json["layers"] = Json::array();
  for (const RecordedLayer& layer : record.layers) {
    json["layers"].push_back({{"layer", layer.name},
                              {"weights", values_json(layer.weights)},
                              {"weight_codes", codes_json(layer.weight_codes, layer.weight_scale)},
                              {"inputs", values_json(layer.inputs)},
                              {"input_codes", codes_json(layer.input_codes, layer.input_scale)},
                              {"outputs", values_json(layer.outputs)}});
  }
  return json_text(json);
}

}  // namespace ohmloop
