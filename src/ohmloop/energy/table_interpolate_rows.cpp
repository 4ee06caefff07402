#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>

#include "ohmloop/energy/table_interpolation.hpp"
#include "ohmloop/energy/table_lookup.hpp"

namespace ohmloop {
namespace {

/// Boxes of more dimensions than this have more corners than a table of published points ever fills.
constexpr std::size_t max_axes = 6;

double number_in(const TableRow::Condition& condition) { return std::get<double>(condition.value); }

const TableRow::Condition* condition_on(const TableRow& row, const std::string& name) {
  const auto found = std::find_if(row.conditions.begin(), row.conditions.end(),
                                  [&](const TableRow::Condition& each) { return each.name == name; });
  return found == row.conditions.end() ? nullptr : &*found;
}

/// Places that rows have on one attribute.
struct Places {
  double at = 0;  ///< the component's
  std::string unit;
  std::set<double> values;
};

class RowInterpolator {
 public:
  RowInterpolator(const std::vector<RowFit>& fits, Query& query, const ActionArguments& arguments,
                  const ComponentTable& table)
      : fits_(fits), query_(query), table_(table) {
    for (const RowFit& fit : fits_) {
      for (const TableRow::Condition* condition : fit.differing) {
        names_.insert(condition->name);
        places_[condition->name].at = number_of(*condition, query, arguments).value_or(0);
      }
    }
    for (const RowFit& fit : fits_) {
      for (const std::string& name : names_) {
        const TableRow::Condition* condition = condition_on(*fit.row, name);
        if (condition == nullptr) continue;
        places_[name].values.insert(number_in(*condition));
        places_[name].unit = condition->unit;
      }
    }
  }

  Answer run() {
    if (const std::string outside = outside_text(); !outside.empty()) return Rejection{outside};
    std::vector<Answer> found;
    std::string over;
    for (const std::string& name : names_) {
      std::optional<Answer> answer = within({name});
      if (!answer) continue;
      found.push_back(std::move(*answer));
      over += (over.empty() ? "" : " or ") + name;
    }
    if (found.size() > 1) return Rejection{"can be interpolated over " + over + ", and its rows don't say over which"};
    if (found.size() == 1) return std::move(found.front());
    const std::vector<std::string> all = always_different();
    if (all.size() > 1 && all.size() <= max_axes) {
      if (std::optional<Answer> answer = within(all)) return std::move(*answer);
    }
    return Rejection{"has no rows around it on every side: " + range_text()};
  }

 private:
  [[nodiscard]] static std::string range_of(const std::string& name, const Places& places) {
    const std::string unit = places.unit.empty() ? "" : " " + places.unit;
    if (places.values.size() == 1) return fmt::format("{} {:g}{}", name, *places.values.begin(), unit);
    return fmt::format("{} {:g} to {:g}{}", name, *places.values.begin(), *places.values.rbegin(), unit);
  }

  /// Attributes on which the component lies beyond all rows.
  [[nodiscard]] std::string outside_text() const {
    std::string text;
    for (const auto& [name, places] : places_) {
      const bool below = places.at < *places.values.begin() && !nearly_equal(places.at, *places.values.begin());
      const bool above = places.at > *places.values.rbegin() && !nearly_equal(places.at, *places.values.rbegin());
      if (below || above) text += (text.empty() ? "" : ", ") + range_of(name, places);
    }
    return text.empty() ? text : "has rows for " + text + " only";
  }

  [[nodiscard]] std::string range_text() const {
    std::string text;
    for (const auto& [name, places] : places_) text += (text.empty() ? "" : ", ") + range_of(name, places);
    return text;
  }

  [[nodiscard]] std::vector<std::string> always_different() const {
    std::vector<std::string> names;
    for (const std::string& name : names_) {
      const auto equal = [&](double value) { return nearly_equal(value, places_.at(name).at); };
      const std::set<double>& values = places_.at(name).values;
      if (std::none_of(values.begin(), values.end(), equal)) names.push_back(name);
    }
    return names;
  }

  /// Whether a row differs from the component in these attributes at most, and says where it stands on all of them.
  static bool stands_in(const RowFit& fit, const std::vector<std::string>& names) {
    const auto among = [&](const TableRow::Condition* condition) {
      return std::find(names.begin(), names.end(), condition->name) != names.end();
    };
    const auto placed = [&](const std::string& name) { return condition_on(*fit.row, name) != nullptr; };
    return std::all_of(fit.differing.begin(), fit.differing.end(), among) &&
           std::all_of(names.begin(), names.end(), placed);
  }

  /// Nothing: the rows don't enclose the component there.
  std::optional<Answer> within(const std::vector<std::string>& names) {
    std::vector<const RowFit*> rows;
    for (const RowFit& fit : fits_) {
      if (stands_in(fit, names)) rows.push_back(&fit);
    }
    std::vector<InterpolationAxis> axes;
    for (const std::string& name : names) {
      const std::optional<InterpolationAxis> axis = axis_of(name, rows);
      if (!axis) return std::nullopt;
      axes.push_back(*axis);
    }
    std::vector<const RowFit*> corners;
    for (std::size_t corner = 0; corner < std::size_t{1} << names.size(); ++corner) {
      std::vector<const RowFit*> there = rows;
      for (std::size_t k = 0; k < names.size(); ++k) {
        const double place = (corner >> k & 1U) != 0 ? axes[k].high : axes[k].low;
        std::erase_if(there, [&](const RowFit* fit) {
          return !nearly_equal(number_in(*condition_on(*fit->row, names[k])), place);
        });
      }
      if (there.empty()) return std::nullopt;
      const auto less_given = [](const RowFit* a, const RowFit* b) { return a->given < b->given; };
      const RowFit* best = *std::max_element(there.begin(), there.end(), less_given);
      for (const RowFit* other : there) {
        if (other->given == best->given && !nearly_equal(other->row->value, best->row->value)) {
          return Rejection{fmt::format("has several rows that fit and differ: {}, {}", to_string(best->row->where),
                                       to_string(other->row->where))};
        }
      }
      corners.push_back(best);
    }
    return mix(names, axes, corners);
  }

  std::optional<InterpolationAxis> axis_of(const std::string& name, const std::vector<const RowFit*>& rows) const {
    const double at = places_.at(name).at;
    std::optional<double> low;
    std::optional<double> high;
    for (const RowFit* fit : rows) {
      const double place = number_in(*condition_on(*fit->row, name));
      if (place < at && (!low || place > *low)) low = place;
      if (place > at && (!high || place < *high)) high = place;
    }
    if (!low || !high) return std::nullopt;
    return InterpolationAxis{*low, *high, at};
  }

  Answer mix(const std::vector<std::string>& names, const std::vector<InterpolationAxis>& axes,
             const std::vector<const RowFit*>& corners) {
    std::vector<Estimate> estimates;
    for (const RowFit* corner : corners) {
      Answer answer = answer_from(*corner, query_, table_);
      if (std::holds_alternative<Rejection>(answer)) return answer;
      estimates.push_back(std::get<Estimate>(std::move(answer)));
      if (estimates.back().unknown) {
        return Rejection{
            fmt::format("would have to interpolate with {}, whose value is unknown", to_string(corner->row->where))};
      }
    }
    const auto mixed = [&](double Estimate::*member) {
      std::vector<double> values;
      for (const Estimate& each : estimates) values.push_back(each.*member);
      return interpolate(axes, values);
    };
    const bool all_rates =
        std::all_of(estimates.begin(), estimates.end(), [](const Estimate& each) { return each.full_rate_hz > 0; });
    const Interpolated value = mixed(&Estimate::value);
    Estimate result = estimates.front();
    result.value = value.value;
    result.full_rate_hz = all_rates ? mixed(&Estimate::full_rate_hz).value : 0;
    result.accuracy_percent *= std::pow(interpolation_accuracy, static_cast<double>(axes.size()));
    result.provenance = provenance_of(names, corners, estimates, value);
    return result;
  }

  [[nodiscard]] Provenance provenance_of(const std::vector<std::string>& names,
                                         const std::vector<const RowFit*>& corners,
                                         const std::vector<Estimate>& estimates, const Interpolated& value) const {
    Provenance provenance{"table " + table_.name, "", "", false};
    std::string over;
    for (const std::string& name : names) {
      const Places& places = places_.at(name);
      over += fmt::format("{}{} {:g}{}{}", over.empty() ? "" : ", ", name, places.at, places.unit.empty() ? "" : " ",
                          places.unit);
    }
    std::string rows;
    for (std::size_t i = 0; i < corners.size(); ++i) {
      rows += fmt::format("{}{:.4g} x {:.4g} ({})", rows.empty() ? "" : ", ", value.weights[i], estimates[i].value,
                          to_string(corners[i]->row->where));
      const std::string& source = estimates[i].provenance.source;
      if (provenance.source.find(source) == std::string::npos) {
        provenance.source += (provenance.source.empty() ? "" : "; ") + source;
      }
      provenance.fitted = provenance.fitted || estimates[i].provenance.fitted;
    }
    provenance.derivation =
        fmt::format("interpolated {} to {}: {}", value.logarithmic ? "log-log" : "linearly", over, rows);
    for (const std::string& assumed : corners.front()->assumed) {
      provenance.derivation += "; the rows hold for " + assumed;
    }
    return provenance;
  }

  const std::vector<RowFit>& fits_;
  Query& query_;
  const ComponentTable& table_;
  std::set<std::string> names_;
  std::map<std::string, Places> places_;
};

}  // namespace

Answer interpolate_rows(const std::vector<RowFit>& fits, Query& query, const ActionArguments& arguments,
                        const ComponentTable& table) {
  return RowInterpolator(fits, query, arguments, table).run();
}

}  // namespace ohmloop
