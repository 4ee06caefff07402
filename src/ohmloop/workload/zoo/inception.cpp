#include <array>
#include <string>
#include <utility>
#include <vector>

#include "ohmloop/workload/zoo/families.hpp"
#include "ohmloop/workload/zoo/network_builder.hpp"

namespace ohmloop {
namespace {

/// 1x7 and 7x1 filters keep the size of their input, as do 1x3 and 3x1.
constexpr Extent row7 = {1, 7}, column7 = {7, 1}, row3 = {1, 3}, column3 = {3, 1};
constexpr Extent pad_row7 = {0, 3}, pad_column7 = {3, 0}, pad_row3 = {0, 1}, pad_column3 = {1, 0};
constexpr PoolOptions same_size_pool = {.kernel = 3, .stride = 1, .pad = 1};
constexpr PoolOptions halving_pool = {.kernel = 3, .stride = 2};

/// A module under construction: all of its layers are called "module.layer".
class Module {
 public:
  Module(NetworkBuilder& net, std::string name) : net_(net), name_(std::move(name)) {}

  Feature conv(const std::string& layer, const Feature& x, const ConvOptions& options) {
    const std::string prefix = name_ + "." + layer;
    Feature y = net_.conv(prefix + ".conv", x, options);
    y = net_.batch_norm(prefix + ".bn", y);
    return net_.relu(prefix + ".relu", y);
  }
  Feature average_pool(const Feature& x) { return net_.average_pool(name_ + ".avgpool", x, same_size_pool); }
  Feature max_pool(const Feature& x) { return net_.max_pool(name_ + ".maxpool", x, halving_pool); }
  Feature concat(const std::vector<Feature>& parts) { return net_.concat(name_ + ".concat", parts, 1); }
  Feature concat(const std::string& layer, const std::vector<Feature>& parts) {
    return net_.concat(name_ + "." + layer + ".concat", parts, 1);
  }

 private:
  NetworkBuilder& net_;
  std::string name_;
};

/// 35x35: 1x1, 5x5, two 3x3, pooling.
Feature module_a(Module module, const Feature& x, std::int64_t pool_channels) {
  const Feature one = module.conv("branch1x1", x, {.channels = 64});
  Feature five = module.conv("branch5x5_1", x, {.channels = 48});
  five = module.conv("branch5x5_2", five, {.channels = 64, .kernel = 5, .pad = 2});
  Feature twice = module.conv("branch3x3dbl_1", x, {.channels = 64});
  twice = module.conv("branch3x3dbl_2", twice, {.channels = 96, .kernel = 3, .pad = 1});
  twice = module.conv("branch3x3dbl_3", twice, {.channels = 96, .kernel = 3, .pad = 1});
  const Feature pooled = module.conv("branch_pool", module.average_pool(x), {.channels = pool_channels});
  return module.concat({one, five, twice, pooled});
}

/// 35x35 to 17x17.
Feature module_b(Module module, const Feature& x) {
  const Feature three = module.conv("branch3x3", x, {.channels = 384, .kernel = 3, .stride = 2});
  Feature twice = module.conv("branch3x3dbl_1", x, {.channels = 64});
  twice = module.conv("branch3x3dbl_2", twice, {.channels = 96, .kernel = 3, .pad = 1});
  twice = module.conv("branch3x3dbl_3", twice, {.channels = 96, .kernel = 3, .stride = 2});
  return module.concat({three, twice, module.max_pool(x)});
}

/// 17x17: 7x7 as 1x7 and 7x1, once and twice.
Feature module_c(Module module, const Feature& x, std::int64_t channels) {
  const Feature one = module.conv("branch1x1", x, {.channels = 192});
  Feature once = module.conv("branch7x7_1", x, {.channels = channels});
  once = module.conv("branch7x7_2", once, {.channels = channels, .kernel = row7, .pad = pad_row7});
  once = module.conv("branch7x7_3", once, {.channels = 192, .kernel = column7, .pad = pad_column7});
  Feature twice = module.conv("branch7x7dbl_1", x, {.channels = channels});
  twice = module.conv("branch7x7dbl_2", twice, {.channels = channels, .kernel = column7, .pad = pad_column7});
  twice = module.conv("branch7x7dbl_3", twice, {.channels = channels, .kernel = row7, .pad = pad_row7});
  twice = module.conv("branch7x7dbl_4", twice, {.channels = channels, .kernel = column7, .pad = pad_column7});
  twice = module.conv("branch7x7dbl_5", twice, {.channels = 192, .kernel = row7, .pad = pad_row7});
  const Feature pooled = module.conv("branch_pool", module.average_pool(x), {.channels = 192});
  return module.concat({one, once, twice, pooled});
}

/// 17x17 to 8x8.
Feature module_d(Module module, const Feature& x) {
  Feature three = module.conv("branch3x3_1", x, {.channels = 192});
  three = module.conv("branch3x3_2", three, {.channels = 320, .kernel = 3, .stride = 2});
  Feature seven = module.conv("branch7x7x3_1", x, {.channels = 192});
  seven = module.conv("branch7x7x3_2", seven, {.channels = 192, .kernel = row7, .pad = pad_row7});
  seven = module.conv("branch7x7x3_3", seven, {.channels = 192, .kernel = column7, .pad = pad_column7});
  seven = module.conv("branch7x7x3_4", seven, {.channels = 192, .kernel = 3, .stride = 2});
  return module.concat({three, seven, module.max_pool(x)});
}

/// 8x8: 3x3 as 1x3 and 3x1 side by side.
Feature module_e(Module module, const Feature& x) {
  constexpr ConvOptions row = {.channels = 384, .kernel = row3, .pad = pad_row3};
  constexpr ConvOptions column = {.channels = 384, .kernel = column3, .pad = pad_column3};
  const Feature one = module.conv("branch1x1", x, {.channels = 320});
  Feature three = module.conv("branch3x3_1", x, {.channels = 384});
  const Feature three_row = module.conv("branch3x3_2a", three, row);
  const Feature three_column = module.conv("branch3x3_2b", three, column);
  three = module.concat("branch3x3", {three_row, three_column});
  Feature twice = module.conv("branch3x3dbl_1", x, {.channels = 448});
  twice = module.conv("branch3x3dbl_2", twice, {.channels = 384, .kernel = 3, .pad = 1});
  const Feature twice_row = module.conv("branch3x3dbl_3a", twice, row);
  const Feature twice_column = module.conv("branch3x3dbl_3b", twice, column);
  twice = module.concat("branch3x3dbl", {twice_row, twice_column});
  const Feature pooled = module.conv("branch_pool", module.average_pool(x), {.channels = 192});
  return module.concat({one, three, twice, pooled});
}

Feature stem_conv(NetworkBuilder& net, const std::string& name, const Feature& x, const ConvOptions& options) {
  Feature y = net.conv(name + ".conv", x, options);
  y = net.batch_norm(name + ".bn", y);
  return net.relu(name + ".relu", y);
}

Network inception_v3(std::int64_t batch) {
  NetworkBuilder net("inception_v3", {batch, 3, 299, 299});
  Feature x = stem_conv(net, "Conv2d_1a_3x3", net.input(), {.channels = 32, .kernel = 3, .stride = 2});
  x = stem_conv(net, "Conv2d_2a_3x3", x, {.channels = 32, .kernel = 3});
  x = stem_conv(net, "Conv2d_2b_3x3", x, {.channels = 64, .kernel = 3, .pad = 1});
  x = net.max_pool("maxpool1", x, halving_pool);
  x = stem_conv(net, "Conv2d_3b_1x1", x, {.channels = 80});
  x = stem_conv(net, "Conv2d_4a_3x3", x, {.channels = 192, .kernel = 3});
  x = net.max_pool("maxpool2", x, halving_pool);
  x = module_a({net, "Mixed_5b"}, x, 32);
  x = module_a({net, "Mixed_5c"}, x, 64);
  x = module_a({net, "Mixed_5d"}, x, 64);
  x = module_b({net, "Mixed_6a"}, x);
  x = module_c({net, "Mixed_6b"}, x, 128);
  x = module_c({net, "Mixed_6c"}, x, 160);
  x = module_c({net, "Mixed_6d"}, x, 160);
  x = module_c({net, "Mixed_6e"}, x, 192);
  x = module_d({net, "Mixed_7a"}, x);
  x = module_e({net, "Mixed_7b"}, x);
  x = module_e({net, "Mixed_7c"}, x);
  x = net.global_average_pool("avgpool", x);
  x = net.flatten("flatten", x);
  net.linear("fc", x, {.outputs = 1000});
  return net.take();
}

constexpr std::array<ZooEntry, 1> entries = {{
    {"inception_v3", "Inception-v3, 299x299",
     "Szegedy et al., arXiv:1512.00567; torchvision, without the auxiliary classifier", inception_v3},
}};

}  // namespace

std::span<const ZooEntry> inception_family() { return entries; }

}  // namespace ohmloop
