#pragma once

#include <string>
#include <vector>

#include "ohmloop/arch/read_architecture.hpp"
#include "ohmloop/mapper/mapper.hpp"

namespace ohmloop::test {

/// A preset at an operating point, with a layer that fills its array once: rows x weights of a row, one position. The
/// weights are in the array, so that writing them is in no energy and no time.
class OperatedMacro {
 public:
  explicit OperatedMacro(const std::string& preset, const std::vector<std::string>& settings = {});

  [[nodiscard]] double macs() const { return macs_; }
  [[nodiscard]] double seconds() const { return layer_.evaluation.latency_s; }
  /// Of the nodes with these names, in the whole layer.
  [[nodiscard]] double energy_pj(const std::vector<std::string>& nodes) const;
  [[nodiscard]] double energy_pj() const { return layer_.evaluation.energy_pj; }
  [[nodiscard]] double area_um2(const std::vector<std::string>& nodes) const;
  /// Two operations per MAC.
  [[nodiscard]] double tera_operations_per_s() const { return 2e-12 * macs_ / seconds(); }
  [[nodiscard]] double tera_operations_per_j() const { return 2 * macs_ / energy_pj(); }
  [[nodiscard]] const Architecture& chip() const { return chip_; }
  /// Constants of the file's `fitted:`.
  [[nodiscard]] std::size_t fitted_constants() const { return chip_.fitted.size(); }
  [[nodiscard]] const ReferenceTables& tables() const { return tables_; }

 private:
  Diagnostics diagnostics_;
  Architecture chip_;
  ReferenceTables tables_;
  MappedLayer layer_;
  double macs_ = 0;
};

}  // namespace ohmloop::test
