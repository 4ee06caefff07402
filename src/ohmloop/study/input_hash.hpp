#pragma once

#include <string>

#include "ohmloop/accuracy/data/data_set.hpp"
#include "ohmloop/study/network_costs.hpp"
#include "ohmloop/study/study.hpp"

namespace ohmloop {

/// Checksums of all that determines a result, in 64 hexadecimal digits each. The version of the program is no part of
/// them: a store belongs to one version.

/// Of the description, comments and layout apart, and of the tables of the user's that it names.
std::string description_checksum(const SourceFilePtr& source);
/// Of a chip: its description and what is overridden in it, in order. `description` is the checksum of `source`.
std::string chip_checksum(const std::string& description, const SourceFilePtr& source,
                          const std::vector<PlacedText>& overrides);

/// Of all nodes of the network.
std::string network_checksum(const Network& network);

std::string cost_key(const std::string& chip, const std::string& network, const MapperOptions& mapper);

/// Of what images a data set has: its description, the number of images, their labels, and the values of up to 32 of
/// them, evenly spread; to read all of ImageNet would take longer than many a study.
std::string images_checksum(const DataSet& data, const std::string& description);

/// Of one measurement: `settings` holds one value in each list (and the seeds).
std::string accuracy_key(const std::string& network_file, const std::string& images, const AccuracySettings& settings);

}  // namespace ohmloop
