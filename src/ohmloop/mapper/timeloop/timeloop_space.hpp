#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "ohmloop/mapper/candidate.hpp"
#include "ohmloop/timeloop/reading/spec.hpp"

namespace ohmloop {

/// A specification of Timeloop's as a mapspace of ours: its levels are nodes, a fan-out is one node for each way (X, Y)
/// that it has, tiles are boxes and sizes are words. The nest is what Timeloop's counting takes, without loops.
class TimeloopSpace {
 public:
  /// Nothing if parts are missing or can't be said in a mapspace, which is reported. The specification must outlive it.
  static std::unique_ptr<TimeloopSpace> make(const timeloop::TimeloopSpec& spec, Diagnostics& diagnostics);

  TimeloopSpace(const TimeloopSpace&) = delete;
  TimeloopSpace& operator=(const TimeloopSpace&) = delete;
  ~TimeloopSpace() = default;

  [[nodiscard]] const Mapspace& space() const { return space_; }
  [[nodiscard]] const timeloop::Nest& blank_nest() const { return nest_; }
  [[nodiscard]] const timeloop::CountingOptions& counting() const { return counting_; }
  /// Level of a place of the mapspace, and what its loops are.
  [[nodiscard]] std::size_t level(std::size_t place) const { return places_[place].level; }
  [[nodiscard]] timeloop::LoopKind kind(std::size_t place) const { return places_[place].kind; }
  [[nodiscard]] std::size_t data_space(Role role) const { return data_spaces_[role_index(role)]; }
  /// Dimension of the problem that a searched rank is.
  [[nodiscard]] std::size_t dimension(std::size_t rank) const { return space_.ranks[rank].index(); }

  /// The nest of a candidate.
  [[nodiscard]] timeloop::Nest nest(const Candidate& candidate) const;

 private:
  struct Place {
    std::size_t level = 0;
    timeloop::LoopKind kind = timeloop::LoopKind::temporal;
  };

  TimeloopSpace() = default;
  bool assign_data_spaces(const timeloop::TimeloopSpec& spec, Diagnostics& diagnostics);
  void add_level(const timeloop::TimeloopSpec& spec, std::size_t level);
  void add_storage(const timeloop::TimeloopSpec& spec, std::size_t level);
  void add_fanout(const timeloop::TimeloopSpec& spec, std::size_t level);
  NodeId add_node(const timeloop::TimeloopSpec& spec, std::size_t level, NodeBody body, const char* suffix);
  LoopPlace make_place(const timeloop::LoopDirective* directive, NodeId node) const;

  Einsum einsum_;
  Architecture architecture_;
  Mapspace space_;
  timeloop::Nest nest_;
  timeloop::CountingOptions counting_;
  std::vector<Place> places_;
  ByRole<std::size_t> data_spaces_{};
};

}  // namespace ohmloop
