#include "ohmloop/mapper/scorer.hpp"

#include "ohmloop/base/checked.hpp"

namespace ohmloop {
namespace {

/// FNV-1a over what tells mappings apart: loops that do something, in their order, and what is kept.
class Fingerprint {
 public:
  void add(std::uint64_t value) { hash_ = (hash_ ^ value) * 0x100000001b3U; }
  [[nodiscard]] std::uint64_t value() const { return hash_; }

 private:
  std::uint64_t hash_ = 0xcbf29ce484222325U;
};

std::uint64_t fingerprint(const Mapspace& space, const Candidate& candidate) {
  Fingerprint print;
  const std::size_t ranks = space.ranks.size();
  for (std::size_t place = 0; place < space.places.size(); ++place) {
    print.add(0x9e3779b97f4a7c15U + place);
    for (std::size_t position = 0; position < ranks; ++position) {
      const std::uint8_t rank = candidate.orders[place * ranks + position];
      const std::int64_t factor = candidate.factors[place * ranks + rank];
      if (factor == 1) continue;
      print.add(rank);
      print.add(static_cast<std::uint64_t>(factor));
    }
  }
  for (const std::uint8_t keeps : candidate.keeps) print.add(keeps);
  return print.value();
}

}  // namespace

std::optional<Score> Scorer::score(Candidate candidate) try {
  if (exhausted()) return std::nullopt;
  trim(*space_, candidate);
  if (!fits(*space_, candidate)) {
    ++illegal_;
    return std::nullopt;
  }
  ++evaluated_;
  const Score result = ohmloop::score(options_->objective, model_.cost(counts_.count(candidate)));
  if (!remember(candidate, result)) return std::nullopt;
  return result;
} catch (const OverflowError&) {
  ++illegal_;
  overflow_ = std::current_exception();
  return std::nullopt;
}

std::optional<Score> Scorer::score_new(const Candidate& candidate) {
  if (!seen_.insert(fingerprint(*space_, candidate)).second) return std::nullopt;
  return score(candidate);
}

bool Scorer::remember(const Candidate& candidate, const Score& result) {
  if (best_ && !(result < best_score_)) return true;
  // The last word on legality has check_mapping; only a new best one is worth its price.
  if (!check_mapping(*space_->einsum, *space_->architecture, to_mapping(*space_, candidate)).empty()) {
    ++illegal_;
    return false;
  }
  best_ = candidate;
  best_score_ = result;
  return true;
}

}  // namespace ohmloop
