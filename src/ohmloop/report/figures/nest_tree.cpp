#include "ohmloop/report/figures/nest_tree.hpp"

namespace ohmloop {

NestTreeFigure nest_tree(const Einsum& einsum, const Architecture& architecture, const Mapping& mapping) {
  NestTreeFigure tree;
  tree.lines = nest_lines(einsum, architecture, mapping);
  for (const Role role : {Role::input, Role::weight, Role::output})
    tree.tensors.push_back({einsum.tensor(role).name, role});
  tree.compute = architecture.node(architecture.compute()).name;
  return tree;
}

}  // namespace ohmloop
