#include "ohmloop/analysis/explain_count.hpp"

#include <fmt/format.h>

#include "ohmloop/analysis/role_counts.hpp"
#include "ohmloop/base/checked.hpp"

namespace ohmloop {
namespace {

class Explainer {
 public:
  Explainer(const Einsum& einsum, const Architecture& architecture, const std::vector<NestLoop>& loops, Role role)
      : einsum_(einsum), architecture_(architecture), loops_(loops), role_(role) {}

  [[nodiscard]] std::string crossing(const CountedCrossing& one) const {
    std::string text = fmt::format("{} {}\n  loops outside the tile:\n", one.subtracted ? "less" : "from", one.what);
    std::string inside;
    for (std::size_t i = 0; i < one.loops.size(); ++i) {
      const WalkedLoop& loop = one.loops[i];
      if (loop.walk == Walk::inside) {
        inside += fmt::format("{}{} {}", inside.empty() ? "" : " x ", rank_name(i), loop.bound);
      } else {
        text += fmt::format("    for {} in 0..{}{}: {}\n", rank_name(i), loop.bound - 1, across(i), treatment(i, loop));
      }
    }
    if (!inside.empty()) text += fmt::format("  the tile is what these walk over: {}\n", inside);
    for (const CrossingProduct& product : one.trace.products) text += product_line(product);
    return text + fmt::format("  = {}\n", one.count);
  }

 private:
  [[nodiscard]] const std::string& rank_name(std::size_t nest) const { return einsum_.rank(loops_[nest].rank).name; }

  [[nodiscard]] std::string across(std::size_t nest) const {
    const auto& fanout = loops_[nest].fanout;
    return fanout ? fmt::format(" across {}", architecture_.node(*fanout).name) : std::string();
  }

  [[nodiscard]] std::string treatment(std::size_t nest, const WalkedLoop& loop) const {
    const bool moves = einsum_.relevant(loops_[nest].rank, role_);
    switch (loop.walk) {
      case Walk::time:
        return moves ? "in time, moves the tile" : "in time, the tile stays";
      case Walk::sum:
        return moves ? "copies with other words, each counted" : "copies with the same words, each counted";
      case Walk::merge:
        return moves ? "copies served together, a word they share counts once" : "copies served by one word";
      case Walk::pin:
        return "only copy 0";
      case Walk::inside:
        break;
    }
    return "part of the tile";
  }

  [[nodiscard]] std::string product_line(const CrossingProduct& product) const {
    std::string factors;
    for (const auto& [name, factor] : product.factors) {
      factors += fmt::format("{}({}) {}", factors.empty() ? "" : " x ", name, factor);
    }
    if (product.factors.empty()) factors += fmt::format("{}", 1);
    if (!product.advancing)
      return fmt::format("  if nothing stayed from step to step: {} = {}\n", factors, product.value);
    return fmt::format("  there already when {}{} moves on and the loops inside it begin anew: {} = -{}\n",
                       rank_name(*product.advancing), ordinal(*product.advancing), factors, product.value);
  }

  /// " (the loop of 4)" where several loops run over the same rank.
  [[nodiscard]] std::string ordinal(std::size_t nest) const {
    int same = 0;
    for (const NestLoop& loop : loops_) same += loop.rank == loops_[nest].rank ? 1 : 0;
    return same > 1 ? fmt::format(" (the loop of {})", loops_[nest].bound) : "";
  }

  const Einsum& einsum_;
  const Architecture& architecture_;
  const std::vector<NestLoop>& loops_;
  Role role_;
};

}  // namespace

std::string_view to_string(CountedAction action) {
  switch (action) {
    case CountedAction::reads:
      return "reads";
    case CountedAction::fills:
      return "fills";
    case CountedAction::updates:
      return "updates";
    case CountedAction::drains:
      return "drains";
  }
  return "?";
}

CountDerivation explain_count(const Einsum& einsum, const Architecture& architecture, const Mapping& mapping,
                              const CountQuestion& question) {
  const std::vector<NestLoop> loops = nest_loops(einsum, mapping);
  RoleCounts counts(einsum, architecture, question.role);
  const std::vector<CountedCrossing> crossings =
      counts.explain(mapping, loops, question.action, question.node, question.busiest);
  const Explainer explainer(einsum, architecture, loops, question.role);
  CountDerivation derivation;
  const std::string subject =
      fmt::format("{} of {} at {}, {}", to_string(question.action), einsum.tensor(question.role).name,
                  architecture.node(question.node).name, question.busiest ? "one instance" : "all instances");
  derivation.text = subject + "\n";
  std::string sum;
  for (const CountedCrossing& one : crossings) {
    derivation.text += explainer.crossing(one);
    derivation.count =
        one.subtracted ? checked_subtract(derivation.count, one.count) : checked_add(derivation.count, one.count);
    sum += fmt::format("{}{}", sum.empty() ? "" : one.subtracted ? " - " : " + ", one.count);
  }
  if (crossings.size() > 1) sum += fmt::format(" = {}", derivation.count);
  derivation.text += fmt::format("{}: {}\n", subject, crossings.empty() ? "nothing moves there: 0" : sum);
  return derivation;
}

}  // namespace ohmloop
