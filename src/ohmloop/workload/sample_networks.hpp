#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>
namespace ohmloop {
struct SampleNetwork { std::string name; std::string data_set; std::string_view bytes; double top1_percent = 0; std::int64_t weights = 0; std::int64_t macs = 0; std::string sha256; };
inline std::vector<SampleNetwork> sample_networks() { return {}; }
}
