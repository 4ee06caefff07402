#pragma once

#include <span>
#include <string>
#include <string_view>

#include "ohmloop/energy/registry.hpp"

namespace ohmloop {

/// How one of our attributes is made of those of a primitive class.
struct AttributeTranslation {
  enum class Way {
    bits,         ///< the first of `from` that the component gives, in bits
    count,        ///< the same, a plain number
    as_given,     ///< the same, whatever it is
    word,         ///< the same, in lower case
    rate,         ///< one action per `from`, a time
    capacity,     ///< the product of both, in bits: width and depth
    sum_of_bits,  ///< the sum of all, in bits: exponent, mantissa and sign
    twice_bits    ///< the last of `from` doubled where no other one is given: the sum of a full product
  };
  std::string_view name;
  Way way = Way::bits;
  std::string_view from;  ///< separated by spaces
};

struct ActionTranslation {
  std::string_view there;
  std::string_view here;  ///< "0": nothing switches; "leak": leakage power over a cycle
};

/// A primitive class as one of ours.
struct ClassTranslation {
  std::string_view there;
  std::string_view here;
  std::span<const AttributeTranslation> attributes;
  std::span<const ActionTranslation> actions;
};

/// The table of all translations.
std::span<const ClassTranslation> class_translations();

/// `native`: asks the estimators of a registry about a primitive class in terms of the class of ours that it
/// corresponds to, and keeps their accuracy and provenance. Scaling between technologies is theirs.
class NativeEstimator final : public Estimator {
 public:
  explicit NativeEstimator(Registry registry) : registry_(std::move(registry)) {}

  [[nodiscard]] std::string name() const override { return "native"; }
  [[nodiscard]] std::string title() const override { return "estimators of Ohmloop's own classes"; }
  [[nodiscard]] std::vector<std::string> classes() const override;
  [[nodiscard]] Answer estimate(Query& query) const override;
  [[nodiscard]] std::vector<double> technologies_nm(const ComponentClass&) const override { return {}; }

 private:
  [[nodiscard]] Answer ask(Query& query, const ClassTranslation& translation, const AttributeMap& attributes) const;
  [[nodiscard]] Answer leak(Query& query, const ComponentClass& component_class, const AttributeMap& attributes) const;

  Registry registry_;
};

}  // namespace ohmloop
