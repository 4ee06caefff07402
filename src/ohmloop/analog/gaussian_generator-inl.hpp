// Standard normal numbers for the target that is being compiled; included once per target, as Highway wants it.
#if defined(OHMLOOP_ANALOG_GAUSSIAN_GENERATOR_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef OHMLOOP_ANALOG_GAUSSIAN_GENERATOR_INL_HPP
#undef OHMLOOP_ANALOG_GAUSSIAN_GENERATOR_INL_HPP
#else
#define OHMLOOP_ANALOG_GAUSSIAN_GENERATOR_INL_HPP
#endif

#include <hwy/highway.h>

#include "ohmloop/base/random_key.hpp"

HWY_BEFORE_NAMESPACE();
namespace ohmloop::HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

using Reals = hn::CappedTag<float, 16>;
using Words = hn::RebindToUnsigned<Reals>;
using Integers = hn::RebindToSigned<Reals>;
using RealVector = hn::Vec<Reals>;
using WordVector = hn::Vec<Words>;

/// Numbers 0 ... 63 of a group are those of 16 blocks: number 16 * j + i is number j of block i.
inline constexpr std::size_t blocks_per_group = 16;
inline constexpr std::size_t numbers_per_group = 64;

/// A word of as many blocks as a vector has lanes, for each of the four words.
struct BlockVectors {
  WordVector word0, word1, word2, word3;
};

#if HWY_TARGET == HWY_SCALAR

/// `stream` is the input of the stream's block 0.
HWY_INLINE BlockVectors random_blocks(PhiloxInput stream, std::uint64_t first_block) {
  stream.counter[0] = static_cast<std::uint32_t>(first_block);
  stream.counter[1] = static_cast<std::uint32_t>(first_block >> 32);
  const PhiloxBlock block = philox(stream);
  const Words d;
  return {hn::Set(d, block[0]), hn::Set(d, block[1]), hn::Set(d, block[2]), hn::Set(d, block[3])};
}

#else

/// Lanes of 64 bits with a word in the lower half of each; what the upper half holds doesn't matter, as the
/// multiplication takes lower halves only.
using Wide = hn::RepartitionToWide<Words>;
using WideVector = hn::Vec<Wide>;

struct WideBlocks {
  WideVector word0, word1, word2, word3;
};

/// The blocks with the numbers in the lanes of `block`.
HWY_INLINE WideBlocks random_wide_blocks(const PhiloxInput& stream, WideVector block) {
  const Wide d;
  const Words words;
  const auto multiplier0 = hn::BitCast(words, hn::Set(d, PhiloxConstants::multipliers[0]));
  const auto multiplier1 = hn::BitCast(words, hn::Set(d, PhiloxConstants::multipliers[1]));
  WideBlocks state{block, hn::ShiftRight<32>(block), hn::Set(d, stream.counter[2]), hn::Set(d, stream.counter[3])};
  std::uint32_t key0 = stream.key[0];
  std::uint32_t key1 = stream.key[1];
  HWY_UNROLL(PhiloxConstants::rounds)
  for (int round = 0; round < PhiloxConstants::rounds; ++round) {
    const auto product0 = hn::MulEven(hn::BitCast(words, state.word0), multiplier0);
    const auto product1 = hn::MulEven(hn::BitCast(words, state.word2), multiplier1);
    state.word0 = hn::Xor3(hn::ShiftRight<32>(product1), state.word1, hn::Set(d, key0));
    state.word1 = product1;
    state.word2 = hn::Xor3(hn::ShiftRight<32>(product0), state.word3, hn::Set(d, key1));
    state.word3 = product0;
    key0 += PhiloxConstants::key_steps[0];
    key1 += PhiloxConstants::key_steps[1];
  }
  return state;
}

/// Lane i: the lower half of lane i / 2 of `even` or `odd`.
HWY_INLINE WordVector interleave_lower_halves(WideVector even, WideVector odd) {
  const Words d;
  return hn::OddEven(hn::BitCast(d, hn::ShiftLeft<32>(odd)), hn::BitCast(d, even));
}

/// Blocks first_block, first_block + 1, ..., one a lane; `stream` is the input of the stream's block 0.
HWY_INLINE BlockVectors random_blocks(const PhiloxInput& stream, std::uint64_t first_block) {
  const Wide d;
  const auto even_numbers = hn::Add(hn::Set(d, first_block), hn::ShiftLeft<1>(hn::Iota(d, 0)));
  const WideBlocks even = random_wide_blocks(stream, even_numbers);
  const WideBlocks odd = random_wide_blocks(stream, hn::Add(even_numbers, hn::Set(d, 1)));
  return {interleave_lower_halves(even.word0, odd.word0), interleave_lower_halves(even.word1, odd.word1),
          interleave_lower_halves(even.word2, odd.word2), interleave_lower_halves(even.word3, odd.word3)};
}

#endif

/// The 64 words of each group. `stream` is a copy: what is stored through `words` can't change it, so that its
/// constants stay in registers.
HWY_INLINE void random_groups(const PhiloxInput stream, std::uint64_t first_group, std::size_t groups,
                              std::uint32_t* HWY_RESTRICT words) {
  const Words d;
  std::uint64_t first_block = first_group * blocks_per_group;
  for (std::size_t group = 0; group < groups; ++group, words += numbers_per_group) {
    for (std::size_t lane = 0; lane < blocks_per_group; lane += hn::Lanes(d), first_block += hn::Lanes(d)) {
      const BlockVectors random = random_blocks(stream, first_block);
      hn::StoreU(random.word0, d, words + lane);
      hn::StoreU(random.word1, d, words + blocks_per_group + lane);
      hn::StoreU(random.word2, d, words + 2 * blocks_per_group + lane);
      hn::StoreU(random.word3, d, words + 3 * blocks_per_group + lane);
    }
  }
}

/// c0 + x * (c1 + x * ...)
template <class... More>
HWY_INLINE RealVector polynomial(RealVector x, float constant, More... more) {
  const auto first = hn::Set(Reals(), constant);
  if constexpr (sizeof...(more) == 0) {
    return first;
  } else {
    return hn::Add(first, hn::Mul(x, polynomial(x, more...)));
  }
}

/// sqrt(-2 ln u) for u = (word / 2 + 0.5) / 2^31, which is never 0.
HWY_INLINE RealVector radius(WordVector word) {
  const Reals d;
  const Integers integers;
  const auto scaled = hn::Add(hn::ConvertTo(d, hn::BitCast(integers, hn::ShiftRight<1>(word))), hn::Set(d, 0.5F));
  // scaled = mantissa * 2^exponent with a mantissa in [0.75, 1.5): close to 1, the exponent is 31 and nothing cancels.
  const auto bits = hn::BitCast(integers, scaled);
  const auto exponent = hn::ShiftRight<23>(hn::Sub(bits, hn::BitCast(integers, hn::Set(d, 0.75F))));
  const auto mantissa = hn::BitCast(d, hn::Sub(bits, hn::ShiftLeft<23>(exponent)));
  const auto halvings = hn::ConvertTo(d, hn::Sub(hn::Set(integers, 31), exponent));
  // Fitted: -2 ln(1 + t) / t on [-0.25, 0.5], relative error at most 1.8e-7 (Remez).
  const auto t = hn::Sub(mantissa, hn::Set(d, 1.0F));
  const auto slope = polynomial(t, -2.00000024F, 1.00000429F, -0.66659528F, 0.499535829F, -0.402160674F, 0.347444415F,
                                -0.282637268F, 0.132921174F);
  constexpr float twice_ln2 = 1.38629436F;
  return hn::Sqrt(hn::Add(hn::Mul(halvings, hn::Set(d, twice_ln2)), hn::Mul(t, slope)));
}

struct NormalPair {
  RealVector first, second;
};

/// Cosine and sine of word / 2^32 of a turn, times the radius. The upper two bits choose one of the four quarters about
/// the axes (the lower of them swaps, the upper negates both), the others the place in it, symmetric about the axis.
HWY_INLINE NormalPair turn(WordVector word, RealVector length) {
  const Reals d;
  const Words words;
  const auto place = hn::Or(hn::ShiftLeft<2>(word), hn::Set(words, 2));
  constexpr float unit = 1.0F / 2147483648.0F;
  const auto x = hn::Mul(hn::ConvertTo(d, hn::BitCast(Integers(), place)), hn::Set(d, unit));
  const auto square = hn::Mul(x, x);
  // Fitted: sin(x pi/4) / x and cos(x pi/4) on [-1, 1], relative errors at most 4e-9 and 4e-8 (Remez).
  const auto sine = hn::Mul(x, polynomial(square, 0.785398185F, -0.0807454363F, 0.00249000103F, -3.5950452e-05F));
  const auto cosine = polynomial(square, 0.99999994F, -0.308424175F, 0.0158496834F, -0.000318727834F);
  const auto sign = hn::BitCast(d, hn::And(word, hn::Set(words, 0x80000000U)));
  const auto signed_length = hn::Xor(length, sign);
  const auto swap = hn::RebindMask(d, hn::TestBit(word, hn::Set(words, 0x40000000U)));
  return {hn::Mul(signed_length, hn::IfThenElse(swap, sine, cosine)),
          hn::Mul(signed_length, hn::IfThenElse(swap, cosine, sine))};
}

/// The normal numbers that belong to the words of random_groups. Two loops instead of one keep the constants of each in
/// registers, which is faster than a loop that does both.
HWY_INLINE void gaussian_of_words(const std::uint32_t* HWY_RESTRICT words, std::size_t groups,
                                  float* HWY_RESTRICT numbers) {
  const Reals d;
  const Words bits;
  constexpr std::size_t pair = 2 * blocks_per_group;
  for (std::size_t start = 0; start < groups * numbers_per_group; start += pair) {
    for (std::size_t lane = start; lane < start + blocks_per_group; lane += hn::Lanes(d)) {
      const RealVector length = radius(hn::LoadU(bits, words + lane));
      const NormalPair normal = turn(hn::LoadU(bits, words + lane + blocks_per_group), length);
      hn::StoreU(normal.first, d, numbers + lane);
      hn::StoreU(normal.second, d, numbers + lane + blocks_per_group);
    }
  }
}

}  // namespace ohmloop::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
