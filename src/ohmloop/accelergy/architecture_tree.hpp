#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ohmloop/energy/attributes.hpp"
#include "ohmloop/text/expression.hpp"
#include "ohmloop/text/yaml.hpp"

namespace ohmloop {

/// A node of an architecture as the field's files write it: Accelergy and Timeloop v0.3 (`subtree`, `local`), their
/// processed form, and v0.4 (`nodes` with !Component, !Container, !Hierarchical, !Parallel, !Pipelined).
struct FieldNode {
  enum class Kind { component, container, hierarchical, parallel, pipelined, nothing };

  Kind kind = Kind::container;
  std::string name;                 ///< without its range: "PE" of "PE[0..167]"
  std::string path;                 ///< with ranges and everything around it: "eyeriss_like.PE[0..167].mac"
  std::int64_t first_instance = 0;  ///< 1 in "PE[1..168]"
  std::int64_t instances = 1;       ///< of the range, or mesh_x x mesh_y of `spatial`: in one of what surrounds it
  std::int64_t copies = 1;          ///< on the whole chip
  std::int64_t mesh_x = 1;          ///< v0.4 `spatial`: {meshX, meshY}
  std::int64_t mesh_y = 1;
  std::string class_name;   ///< `class`; empty for containers
  std::string subclass;     ///< `subclass`: what energy estimation knows it as; empty: as `class_name`
  AttributeMap attributes;  ///< own ones and those of everything around it, evaluated; lists are left out
  std::optional<YamlNode> raw_attributes;  ///< the node's own `attributes` as written
  std::optional<YamlNode> constraints;     ///< v0.4 `constraints`, not read here
  bool enabled = true;                     ///< false: neither it nor what is in it exists
  SourceSpan where;                        ///< of the name
  SourceSpan class_where;                  ///< of the class's name
  /// Outer to inner, as the file has them. v0.3: components of `local` first, then `subtree`. v0.4: a container has no
  /// children, but surrounds what follows it in its list and in the `!Hierarchical` lists in it.
  std::vector<FieldNode> children;
};

struct FieldArchitecture {
  std::string version;  ///< "0.2", "0.3", "0.4"
  FieldNode root;       ///< a container without a name around all others
};

/// Reads the value of an `architecture:` key. Expressions see the attributes around them and `variables`. Reports what
/// it can't read with its place; what it doesn't know and could change a result is an error. `required_actions` is not
/// read: who needs an action asks for it.
FieldArchitecture read_field_architecture(const YamlNode& architecture, Scope* variables, Diagnostics& diagnostics);

}  // namespace ohmloop
