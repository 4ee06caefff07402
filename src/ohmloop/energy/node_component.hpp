#pragma once

#include "ohmloop/arch/architecture.hpp"
#include "ohmloop/energy/component_estimator.hpp"
#include "ohmloop/energy/layer_moments.hpp"

namespace ohmloop {

/// The component behind a node: its attributes, and what the node and the architecture say anyway. These are derived,
/// so that the component need not repeat them: a memory's size and width (where single elements are accessed, the
/// widest element that it may keep), a converter's rate (values per step that it handles), operand widths of
/// arithmetic, bits per cell. Means of a layer's `values`, where they are given, replace those of the description.
ComponentInstance component_of_node(const Architecture& architecture, NodeId id, const CompoundLibrary& compounds,
                                    const ClassLibrary& classes, const LayerMoments* values = nullptr);

/// Actions that the evaluation charges at a node; nothing, after an error was reported, if its class can't stand there.
std::optional<WantedActions> wanted_actions(const Node& node, const CompoundLibrary& compounds,
                                            const ClassLibrary& classes, Diagnostics& diagnostics);

/// Physical units in one instance of the node: its attribute `units`; otherwise for converters of which one handles one
/// value at a time, values that pass per step / shared_by; otherwise 1.
double units_of_node(const Architecture& architecture, NodeId id, const ClassLibrary& classes);

/// "memory 'edram'".
std::string node_title(const Node& node);

}  // namespace ohmloop
