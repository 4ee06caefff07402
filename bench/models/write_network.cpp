// Writes one of the residual networks with random weights as an ONNX file, so that another runtime can be measured on
// what our own benchmarks run. Usage: write_network resnet18|resnet20 FILE
#include <iostream>
#include <string>

#include "ohmloop/base/file.hpp"
#include "ohmloop/inference/test_networks.hpp"

int main(int argc, char** argv) {
  const std::string name = argc == 3 ? argv[1] : "";
  if (name != "resnet18" && name != "resnet20") {
    std::cerr << "usage: write_network resnet18|resnet20 FILE\n";
    return 2;
  }
  using ohmloop::ResidualModel;
  const ohmloop::TestModel model = name == "resnet18" ? ResidualModel::resnet18() : ResidualModel::cifar(3);
  ohmloop::write_file_atomically(argv[2], model.bytes());
}
