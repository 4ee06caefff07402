#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include <yaml-cpp/eventhandler.h>

#include "ohmloop/text/yaml.hpp"
#include "ohmloop/text/yaml_layout.hpp"

namespace ohmloop {

/// Thrown out of the parser library when a limit is passed; the reason was reported.
struct YamlStopped {};

/// Makes a tree of the parser library's events. All its own work is iterative; the library descends one call deeper
/// for each open collection, and the limit on depth stops it too.
class YamlBuilder final : public YAML::EventHandler {
 public:
  YamlBuilder(const YamlLayout& layout, Diagnostics& diagnostics, const YamlLimits& limits);

  [[nodiscard]] YamlNode take_root() { return std::move(root_); }
  [[nodiscard]] const std::vector<std::string>& anchor_names() const { return anchor_names_; }

  /// Where the innermost collection that is still being read begins; empty if there is none.
  [[nodiscard]] SourceSpan innermost_open() const {
    return open_.empty() ? SourceSpan{} : open_.back().collection.node.span;
  }

  void OnDocumentStart(const YAML::Mark& mark) override;
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override;
  void OnSequenceEnd() override { close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override;
  void OnMapEnd() override { close(); }
  void OnAnchor(const YAML::Mark& mark, const std::string& name) override;

 private:
  /// A node with what the limits need to know about it.
  struct Finished {
    YamlNode node;
    std::size_t nodes = 1;
    std::size_t height = 0;  ///< collections on the longest way down, itself included
  };
  struct Key {
    std::string text;
    SourceSpan span;
    bool usable = false;
    bool merges = false;
  };
  /// A collection that is being read.
  struct Open {
    Finished collection;
    YAML::anchor_t anchor = YAML::NullAnchor;
    std::optional<Key> key;  ///< of a map: the key whose value comes next
    std::unordered_map<std::string, std::size_t> places;
    std::vector<YamlEntry> merged;  ///< values of `<<`
  };

  void open(YamlNode::Kind kind, const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor);
  void close();
  void add(Finished finished, YAML::anchor_t anchor);
  void add_key(const YamlNode& node, Open& map);
  void add_value(YamlNode node, Open& map);
  void merge_into(Open& map);
  void merge_map(const YamlNode& source, Open& map);
  void count(std::size_t nodes, const SourceSpan& where);
  void check_depth(std::size_t depth, const SourceSpan& where);
  [[nodiscard]] YamlNode node_at(YamlNode::Kind kind, const YAML::Mark& mark, const std::string& tag) const;

  const YamlLayout& layout_;
  Diagnostics& diagnostics_;
  YamlLimits limits_;
  YamlNode root_;
  std::vector<Open> open_;
  std::map<YAML::anchor_t, Finished> anchored_;
  std::vector<std::string> anchor_names_;
  std::size_t nodes_ = 0;
  std::size_t documents_ = 0;
};

}  // namespace ohmloop
