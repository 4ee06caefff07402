#include "ohmloop/study/study_plan.hpp"

#include <algorithm>
#include <map>
#include <unordered_map>
#include <unordered_set>

#include "ohmloop/base/check.hpp"
#include "ohmloop/base/checked.hpp"
#include "ohmloop/base/parallel.hpp"
#include "ohmloop/study/input_hash.hpp"

namespace ohmloop {

namespace {

/// A chip among those that are planned.
struct PlannedChip {
  std::size_t part = 0;
  std::size_t architecture = 0;
  std::vector<PlacedText> overrides;
  std::string checksum;
};

/// Chips by part and number, with their checksums once they are computed.
class ChipTable {
 public:
  std::size_t add(std::size_t part, std::uint64_t chip, const PointSpace& space, const PointSpace::Choice& choice) {
    const auto [entry, is_new] = known_.try_emplace({part, chip}, chips_.size());
    if (is_new)
      chips_.push_back({part, space.value_index(choice, AxisKind::architecture), space.overrides(choice), {}});
    return entry->second;
  }

  void compute(const StudyInputs& inputs, const std::vector<std::vector<std::string>>& descriptions,
               std::size_t threads) {
    parallel_for(chips_.size(), threads, [&](std::size_t i) {
      PlannedChip& chip = chips_[i];
      chip.checksum = chip_checksum(descriptions[chip.part][chip.architecture],
                                    inputs.parts[chip.part].architectures[chip.architecture], chip.overrides);
    });
  }

  [[nodiscard]] const std::string& checksum(std::size_t index) const { return chips_[index].checksum; }

 private:
  std::map<std::pair<std::size_t, std::uint64_t>, std::size_t> known_;
  std::vector<PlannedChip> chips_;
};

struct Located {
  std::size_t part = 0;
  std::uint64_t point = 0;
  PointSpace::Choice choice;
  std::size_t chip = 0;  ///< of the table
};

template <class T>
T value_or(const StudyPart& part, const PointSpace& space, const PointSpace::Choice& choice, AxisKind kind, T nothing) {
  const StudyAxis* axis = part.axis(kind);
  if (axis == nullptr) return nothing;
  const std::optional<double> number = axis->values[space.value_index(choice, kind)].number;
  return number ? T(*number) : nothing;
}

}  // namespace

StudyPlan::StudyPlan(const Study& study, const StudyInputs& inputs, std::size_t threads)
    : study_(study), inputs_(inputs), threads_(threads), offsets_({0}) {
  std::map<const DataSet*, std::string> known;
  spaces_.reserve(study.parts.size());
  for (std::size_t part = 0; part < study.parts.size(); ++part) {
    spaces_.emplace_back(study.parts[part]);
    offsets_.push_back(static_cast<std::uint64_t>(
        checked_add(static_cast<std::int64_t>(offsets_.back()), static_cast<std::int64_t>(spaces_.back().size()))));
    std::vector<std::string>& networks = networks_.emplace_back();
    for (const Network& network : inputs.parts[part].networks) networks.push_back(network_checksum(network));
    std::vector<std::string>& descriptions = descriptions_.emplace_back();
    for (const SourceFilePtr& one : inputs.parts[part].architectures) descriptions.push_back(description_checksum(one));
    std::vector<std::string>& images = images_.emplace_back();
    for (const StudyImages& one : inputs.parts[part].images) {
      std::string& checksum = known[one.data.get()];
      if (checksum.empty()) checksum = images_checksum(*one.data, one.description);
      images.push_back(checksum);
    }
  }
}

std::pair<std::size_t, std::uint64_t> StudyPlan::place(std::uint64_t point) const {
  const auto after = std::upper_bound(offsets_.begin(), offsets_.end(), point);
  OHM_CHECK(after != offsets_.end() && after != offsets_.begin(), "a point of no part");
  const auto part = static_cast<std::size_t>(after - offsets_.begin()) - 1;
  return {part, point - offsets_[part]};
}

AccuracySettings StudyPlan::settings(std::size_t part, const PointSpace::Choice& choice) const {
  const StudyPart& asked = study_.parts[part];
  const PointSpace& space = spaces_[part];
  AccuracySettings settings = asked.accuracy;
  settings.noise_amplitudes = {value_or(asked, space, choice, AxisKind::noise, 0.0)};
  const auto bits = [&](AxisKind kind) {
    const int value = value_or(asked, space, choice, kind, 0);
    return value == 0 ? std::optional<int>() : std::optional<int>(value);
  };
  settings.weight_bits = {bits(AxisKind::weight_bits)};
  settings.activation_bits = {bits(AxisKind::input_bits)};
  if (asked.axis(AxisKind::seed) != nullptr) {
    settings.seeds = {value_or(asked, space, choice, AxisKind::seed, std::uint64_t{1})};
  }
  return settings;
}

PlannedPoints StudyPlan::plan(std::uint64_t begin, std::uint64_t end, std::uint64_t shard, std::uint64_t shards,
                              ResultStore& store) const {
  ChipTable chips;
  std::vector<Located> located;
  for (std::uint64_t number = begin; number < end; ++number) {
    if (number % shards != shard) continue;
    Located one;
    std::tie(one.part, one.point) = place(number);
    const PointSpace& space = spaces_[one.part];
    one.choice = space.choice(one.point);
    if (study_.parts[one.part].wants(MetricKind::cost)) {
      one.chip = chips.add(one.part, space.chip(one.choice), space, one.choice);
    }
    located.push_back(std::move(one));
  }
  chips.compute(inputs_, descriptions_, threads_);

  PlannedPoints planned;
  planned.keys.resize(study_.parts.size());
  std::unordered_set<std::string> seen;
  const auto is_job = [&](MetricKind kind, const std::string& key) {
    return seen.insert(key).second && !store.has(kind, key);
  };
  for (Located& one : located) {
    const StudyPart& part = study_.parts[one.part];
    const PointSpace& space = spaces_[one.part];
    const std::size_t network = space.value_index(one.choice, AxisKind::network);
    PointKeys keys;
    if (part.wants(MetricKind::network)) keys[kind_index(MetricKind::network)] = networks_[one.part][network];
    if (part.wants(MetricKind::accuracy)) {
      AccuracySettings measured = settings(one.part, one.choice);
      std::string key =
          accuracy_key(inputs_.parts[one.part].trained_checksums[network], images_[one.part][network], measured);
      keys[kind_index(MetricKind::accuracy)] = key;
      if (is_job(MetricKind::accuracy, key)) {
        planned.accuracies.push_back({std::move(key), one.part, network, std::move(measured)});
      }
    }
    if (part.wants(MetricKind::cost)) {
      MapperOptions mapper;
      mapper.objective = part.objective;
      std::string key = cost_key(chips.checksum(one.chip), networks_[one.part][network], mapper);
      keys[kind_index(MetricKind::cost)] = key;
      if (is_job(MetricKind::cost, key)) {
        planned.costs.push_back({std::move(key), one.part, network, space.chip(one.choice), std::move(one.choice)});
      }
    }
    planned.keys[one.part].emplace_back(one.point, std::move(keys));
  }
  // Few chips are held at a time.
  std::stable_sort(planned.costs.begin(), planned.costs.end(), [](const CostJob& a, const CostJob& b) {
    return std::tie(a.part, a.chip, a.network) < std::tie(b.part, b.chip, b.network);
  });
  return planned;
}

void StudyPlan::put_networks(ResultStore& store) const {
  for (std::size_t part = 0; part < study_.parts.size(); ++part) {
    if (!study_.parts[part].wants(MetricKind::network)) continue;
    for (std::size_t i = 0; i < networks_[part].size(); ++i) {
      if (store.has(MetricKind::network, networks_[part][i])) continue;
      StoredResult result;
      try {
        result.values = metric_values(inputs_.parts[part].networks[i]);
      } catch (const OverflowError&) {
        result.failure = "a count leaves 64 bits";
      }
      store.put(MetricKind::network, networks_[part][i], result);
    }
  }
}

}  // namespace ohmloop
