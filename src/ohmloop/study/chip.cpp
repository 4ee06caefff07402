#include "ohmloop/study/chip.hpp"

#include <algorithm>

namespace ohmloop {

Chip read_chip(const SourceFilePtr& source, const std::vector<PlacedText>& overrides, const Registry& registry) {
  Chip chip;
  Diagnostics diagnostics;
  try {
    chip.description = estimate_architecture(source, overrides, registry, diagnostics);
    chip.warnings = diagnostics.warnings();
  } catch (const InputError& error) {
    chip.failure = error.diagnostics().front().message;
  }
  return chip;
}

MappedNetworkLayer LayerAnswers::get(const LayerShape& shape, const Map& map) {
  std::shared_ptr<Answer> answer;
  {
    const std::lock_guard lock(mutex_);
    const auto known =
        std::find_if(answers_.begin(), answers_.end(), [&](const auto& one) { return one->shape == shape; });
    if (known != answers_.end()) {
      answer = *known;
    } else {
      answer = answers_.emplace_back(std::make_shared<Answer>());
      answer->shape = shape;
    }
  }
  std::call_once(answer->once, [&] { answer->result = map(); });
  return answer->result;
}

SharedChips::SharedChips(const std::vector<std::size_t>& users, std::function<Chip(std::size_t index)> read)
    : slots_(users.size()), read_(std::move(read)) {
  for (std::size_t i = 0; i < users.size(); ++i) slots_[i].waiting = users[i];
}

std::shared_ptr<ChipInUse> SharedChips::take(std::size_t index) {
  Slot& slot = slots_[index];
  const std::lock_guard lock(slot.mutex);
  if (!slot.chip) {
    slot.chip = std::make_shared<ChipInUse>();
    slot.chip->chip = read_(index);
  }
  std::shared_ptr<ChipInUse> chip = slot.chip;
  if (--slot.waiting == 0) slot.chip.reset();
  return chip;
}

}  // namespace ohmloop
