#include "ohmloop/study/distortion_products.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace ohmloop {

namespace {

using Bits = std::optional<int>;

template <class T>
void halve(std::vector<T>& front, std::vector<T>& back) {
  const auto middle = front.begin() + static_cast<std::ptrdiff_t>(front.size() / 2);
  back.assign(middle, front.end());
  front.erase(middle, front.end());
}

void split(DistortionProduct product, std::size_t most, std::vector<DistortionProduct>& products) {
  if (product.size() <= std::max<std::size_t>(1, most)) {
    products.push_back(std::move(product));
    return;
  }
  DistortionProduct other = product;
  // Bits first: points of one network of few bits share it.
  if (product.weight_bits.size() > 1) {
    halve(product.weight_bits, other.weight_bits);
  } else if (product.input_bits.size() > 1) {
    halve(product.input_bits, other.input_bits);
  } else {
    halve(product.amplitudes, other.amplitudes);
  }
  split(std::move(product), most, products);
  split(std::move(other), most, products);
}

}  // namespace

std::vector<DistortionProduct> distortion_products(const std::vector<DistortionPoint>& points, std::size_t most) {
  // Lists of amplitudes that are equal join their weight bits, those their input bits.
  std::map<std::pair<Bits, Bits>, std::set<double>> amplitudes;
  for (const DistortionPoint& point : points) {
    amplitudes[{point.weight_bits, point.input_bits}].insert(point.amplitude);
  }
  std::map<std::pair<std::set<double>, Bits>, std::set<Bits>> weights;
  for (const auto& [bits, list] : amplitudes) weights[{list, bits.second}].insert(bits.first);
  std::map<std::pair<std::set<double>, std::set<Bits>>, std::set<Bits>> inputs;
  for (const auto& [key, list] : weights) inputs[{key.first, list}].insert(key.second);
  std::vector<DistortionProduct> products;
  for (const auto& [key, list] : inputs) {
    split({{key.second.begin(), key.second.end()}, {list.begin(), list.end()}, {key.first.begin(), key.first.end()}},
          most, products);
  }
  return products;
}

}  // namespace ohmloop
