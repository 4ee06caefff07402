#pragma once

#include <hwy/highway.h>
#include <hwy/targets.h>

namespace ohmloop {

/// Calls function(name) once for every kind of vector instructions that this processor has and we are compiled for,
/// with the dispatch set to it. Tests use it to hold that all of them give the same bytes.
template <class Function>
void for_each_target(const Function& function) {
  for (const std::int64_t target : hwy::SupportedAndGeneratedTargets()) {
    hwy::SetSupportedTargetsForTest(target);
    hwy::GetChosenTarget().Update(hwy::SupportedTargets());
    function(hwy::TargetName(target));
  }
  hwy::SetSupportedTargetsForTest(0);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

}  // namespace ohmloop
