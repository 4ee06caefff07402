// Estimator program: answers for the class `adc` of Ohmloop from two measured points, as an example. See
// docs/estimators.md. Nothing but the standard library is needed:
//
//     c++ -std=c++17 lookup_adc.cpp -o lookup_adc
//     ohmloop energy chip.yaml --estimator-program ./lookup_adc
//
// Requests come as one JSON object per line; what is asked for here is simple enough to be found by its key. A program
// that has to know more of JSON takes a library.
#include <iostream>
#include <string>

namespace {

/// What stands behind "key": up to the next comma or bracket; empty if the key is not there.
std::string after(const std::string& text, const std::string& key) {
  const std::size_t found = text.find("\"" + key + "\":");
  if (found == std::string::npos) return "";
  const std::size_t start = found + key.size() + 3;
  return text.substr(start, text.find_first_of(",}", start) - start);
}

/// The value of an attribute: "resolution":{"unit":"bit","value":8.0}.
double attribute(const std::string& text, const std::string& name, double otherwise) {
  const std::size_t found = text.find("\"" + name + "\":{");
  if (found == std::string::npos) return otherwise;
  const std::string value = after(text.substr(found, text.find('}', found) - found + 1), "value");
  return value.empty() ? otherwise : std::stod(value);
}

std::string describe() {
  return R"("name":"lookup_adc","accuracy":90,"classes":[{"name":"adc",)"
         R"("attributes":[{"name":"resolution","unit":"bit"},{"name":"technology","unit":"nm"}],)"
         R"("actions":[{"name":"convert"}]}])";
}

std::string estimate(const std::string& request) {
  const double bits = attribute(request, "resolution", 0);
  const double technology = attribute(request, "technology", 0);
  if (after(request, "of") != "\"energy\"") return R"("reject":"knows energies only")";
  if (technology != 28 || (bits != 6 && bits != 8)) return R"("reject":"was measured with 6 and 8 bit at 28 nm only")";
  return std::string(R"("value":)") + (bits == 6 ? "0.9" : "2.1") +
         R"(,"unit":"pJ","source":"an example's measurement")";
}

}  // namespace

int main() {
  std::string request;
  while (std::getline(std::cin, request)) {
    const bool asked_to_describe = after(request, "request") == "\"describe\"";
    std::cout << "{\"id\":" << after(request, "id") << "," << (asked_to_describe ? describe() : estimate(request))
              << "}" << std::endl;
  }
}
