#include "ohmloop/report/work_json.hpp"

namespace ohmloop {

void add_work(Json& json, const LayerWork& work) {
  const auto array_count = [&](std::int64_t ArrayWork::*count) {
    return work.arrays ? Json((*work.arrays).*count) : Json();
  };
  const std::optional<double> macs_per_conversion = work.macs_per_conversion();
  json["vector_presentations"] = array_count(&ArrayWork::vector_presentations);
  json["array_activations"] = array_count(&ArrayWork::array_activations);
  json["dac_conversions"] = array_count(&ArrayWork::dac_conversions);
  json["adc_conversions"] = array_count(&ArrayWork::adc_conversions);
  json["macs_per_conversion"] = macs_per_conversion ? Json(finite(*macs_per_conversion)) : Json();
  json["activations_moved"] = finite(work.activations_moved);
  json["activation_movement_pj"] = finite(work.activation_movement_pj);
  json["activation_movement_share"] = finite(work.activation_movement_share());
  Json by_part = Json::object();
  for (const CostPart part : all_cost_parts) {
    by_part[std::string(to_string(part))] = finite(work.energy_by_part_pj[part_index(part)]);
  }
  json["energy_by_part"] = std::move(by_part);
}

}  // namespace ohmloop
