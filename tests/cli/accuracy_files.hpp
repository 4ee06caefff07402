#pragma once

#include <filesystem>

namespace ohmloop::test {

/// Into the folder: trained networks (trained.onnx, and some with something wrong), images (images.yaml and the like).
void make_accuracy_files(const std::filesystem::path& folder);

}  // namespace ohmloop::test
