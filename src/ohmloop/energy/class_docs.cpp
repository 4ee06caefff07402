#include "ohmloop/energy/class_docs.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "ohmloop/text/suggest.hpp"

namespace ohmloop {
namespace {

constexpr const char* introduction = R"(# Components

Generated from the table of component classes; `test_energy` says how to write it anew.

A node of an architecture names a class and gives its attributes, with units:

```yaml
- !Converter {name: adc, class: adc, passes: output, resolution: 8 bit, shared_by: 128}
```

What the node says anyway need not be repeated: a memory's `size` and `width`, a converter's `rate` (values per step that
one unit handles), the widths of operands, an array's bits per cell. Widths may leave `bit` out (`multiplier_bits: 16`), sizes
may not. An unknown attribute is an error; one that no chosen estimator reads is a warning.

Some attributes belong to every class:

- `technology`: the process, as in `32 nm`; inherited from the top of the description.
- `voltage`: the supply, where numbers depend on the technology; those of a source that says nothing of it hold at 0.8 V.
- `units`: physical units in one instance of the node. It multiplies area and leakage, not the energy of an action; a
  fraction stands for a unit that several instances share. Left out, it is 1, except for converters that handle one value
  at a time (`adc`, `dac`, `sample_and_hold`): there it is the number of values that pass in a step, divided by
  `shared_by`.
- `from`: the one table or model to take numbers from, as in `from: isaac`.

## Where numbers come from

Each number (the energy of an action, the area, the leakage power) is asked of all tables and models below that know the
class. The highest declared accuracy wins; of equal ones, the first in the list, and the derivation names the others. If
nobody knows the component at its technology, numbers of other technologies are scaled after Stillmaker & Baas (2017), and
the derivation says so; again the highest accuracy wins, then the nearest technology. Leakage is scaled as area x supply,
an assumption that its derivation names; where no source gives it, it counts as 0 and is marked as unknown. An area that
nobody knows counts as 0 with a warning. `docs/estimators.md` has the rules in full, and how to add numbers of your own.
An action that nobody can estimate is an error with each estimator's reason.

Some rows are *pinned*: they hold for the sizes of one published design, and a component of another design that happens
to have the same size must not get them. They answer only where the description names their table, with `tables: isaac`
at its top (then they win over models by their accuracy, where they fit) or with `from: isaac` at a node. Below, the
classes in brackets are those of which a table has nothing but pinned rows.

)";

constexpr const char* tables_and_compounds = R"(## Tables

A table is a CSV file in `share/ohmloop/components`. `# title: ...` and `# accuracy: 0..100` stand before the header,
and `# use: pinned` where its rows belong to one design alone. Tables of your own are named by a description, `tables:
[./my_devices.csv]`, and may bring new classes along: `docs/estimators.md`.

| column | meaning |
|---|---|
| `class`, `action` | what the number is of: an action of the class, `area` or `leakage` |
| any attribute | the row holds where the component has this value; an empty cell holds always |
| any argument | likewise, of an action that has arguments |
| `value`, `unit` | the number: fJ, pJ, nJ; nW, uW, mW, W; um2, mm2; or `unknown`, which counts as 0 with a warning |
| `source` | where it was published |
| `count` | units of hardware that the value is of |
| `full_rate` | actions per second at full load, as in `128 / (100 ns)`, or bits per second; turns power into energy |
| `bits` | bits that the energy is of: makes it an energy per bit |
| `fitted` | `yes` if the number was fitted to a measurement of the chip itself |
| `note` | assumptions; goes into the derivation |
| `use` | `pinned` or `anywhere`: overrules `# use` for this row |

A condition on an attribute that the component does not give is taken as it is and named in the derivation. Of several
rows that fit, the one with most conditions met wins. Where none fits, numbers are interpolated between rows, unless
`# interpolate: no` stands before the header, as in all tables that come with Ohmloop.

## Compound components

`components:` of a description defines classes in terms of others:

```yaml
components:
- name: smart_buffer
  attributes: {size: , width: 64 bit}            # an empty one must be given
  subcomponents:
  - {name: storage, class: sram, size: size, width: width}
  - {name: address, class: int_adder, count: 2, width: ceil(log2(size / width)) * 1 bit}
  actions:
  - name: read
    steps:
    - {component: storage, action: read}
    - {component: address, action: add, repeat: 2}
  - name: write
    steps:
    - {component: storage, action: write}
    - {component: address, action: add}
```

Values are expressions over the compound's attributes and the description's variables. An action costs the sum of its
steps, each `repeat` times; area and leakage are summed over the parts, each `count` times; `technology` goes on to the
parts. `unit` of an action (access, value, bit) says what it is charged for: `access` for read and write, `value` for
others. A compound at a converter is charged with its only action, or with the one that `passes_with` names; at a compute
node with `compute`.

An action may depend on arguments, whole numbers of a range, which its steps pass on and count with:

```yaml
  - name: read
    arguments: {data_delta: 0..1, address_delta: 0..banks}
    steps:
    - {component: storage, action: read, arguments: {data_delta: data_delta, address_delta: address_delta}}
    - {component: address, action: add, instances: 2, repeat: address_delta}
```

A step costs `instances` x `repeat` x the part's action. Where nobody gives arguments, the costliest combination counts.

A component may also give numbers itself, alone or beside its parts, as expressions over its attributes:

```yaml
- name: my_adc
  attributes: {bits: 8}
  actions: [{name: convert, energy: 0.1 pJ * 2**bits}]
  area: 3 um2 * 2**bits
  leakage: 1 uW
  source: lab book, page 12
  accuracy: 60
```
)";

std::string range_of(const AttributeSpec& spec) {
  if (!spec.words.empty()) return fmt::format("{}", fmt::join(spec.words, ", "));
  if (spec.kind == AttributeKind::word) return "a name";
  const std::string unit = spec.unit.empty() ? "" : " " + spec.unit;
  return fmt::format("{}{:g} to {:g}{}", spec.kind == AttributeKind::integer ? "whole, " : "", spec.low, spec.high,
                     unit);
}

std::string necessity(const AttributeSpec& spec) {
  if (spec.required) return "required";
  return spec.standard.empty() ? "optional" : spec.standard;
}

std::string charged_as(const ComponentClass& component_class, const ActionSpec& action) {
  if (action.name == component_class.passing_action && action.name == component_class.compute_action) {
    return "; charged on values that pass, and at compute nodes";
  }
  if (action.name == component_class.passing_action) return "; charged on values that pass";
  if (action.name == component_class.compute_action) return "; charged at compute nodes";
  return "";
}

std::vector<std::string> estimators_of(const ComponentClass& component_class, const Registry& registry) {
  std::vector<std::string> names;
  for (const auto& estimator : registry.estimators()) {
    const std::vector<std::string> classes = estimator->classes();
    if (std::find(classes.begin(), classes.end(), component_class.name) != classes.end()) {
      names.push_back(fmt::format("`{}`", estimator->name()));
    }
  }
  return names;
}

bool is_common(const AttributeSpec& spec) {
  return spec.name == "technology" || spec.name == "units" || spec.name == "from" ||
         (spec.name == "voltage" && spec.meaning.starts_with("supply;"));
}

}  // namespace

std::string describe_class(const ComponentClass& component_class, const Registry& registry) {
  std::string text = fmt::format("### {}\n\n{}\n\n", component_class.name, component_class.description);
  std::string attributes;
  for (const AttributeSpec& spec : component_class.attributes) {
    if (is_common(spec)) continue;
    attributes += fmt::format("| `{}` | {} | {} | {} |\n", spec.name, range_of(spec), necessity(spec), spec.meaning);
  }
  if (!attributes.empty()) text += "| attribute | values | | meaning |\n|---|---|---|---|\n" + attributes + "\n";
  for (const ActionSpec& action : component_class.actions) {
    text += fmt::format("- `{}` per {}: {}{}\n", action.name, to_string(action.unit), action.meaning,
                        charged_as(component_class, action));
  }
  text += fmt::format("\nKnown to: {}.\n\n", fmt::join(estimators_of(component_class, registry), ", "));
  return text;
}

std::string component_docs(const Registry& registry) {
  std::string text = introduction;
  for (const auto& estimator : registry.estimators()) {
    std::vector<std::string> classes = estimator->classes();
    const std::vector<std::string> pinned = estimator->pinned_classes();
    for (std::string& name : classes) {
      if (std::find(pinned.begin(), pinned.end(), name) != pinned.end()) name = fmt::format("[{}]", name);
    }
    text += fmt::format("- `{}` ({}): {}\n", estimator->name(), estimator->title(), fmt::join(classes, ", "));
  }
  text += "\n## Classes\n\n";
  for (const auto& each : registry.classes().all()) text += describe_class(*each, registry);
  return text + tables_and_compounds;
}

}  // namespace ohmloop
