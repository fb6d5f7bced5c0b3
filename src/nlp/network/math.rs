//! Floating-point functions made of additions, multiplications and divisions only, so that every machine and every
//! vector width gives the same bits. No fused operations, no library's `exp`.

/// Hidden states, which lie in -1..1, become integers at this scale.
pub(crate) const STATE_SCALE: f32 = 16384.0;
/// Embeddings and activations become integers at this scale; beyond ±63 they are cut.
pub(crate) const VALUE_SCALE: f32 = 512.0;

/// Hyperbolic tangent as a ratio of polynomials, right to about 1e-7.
#[inline(always)]
pub(crate) fn tanh(x: f32) -> f32 {
    let x = x.clamp(-7.905, 7.905);
    let y = x * x;
    let mut p = -2.760_768_5e-16_f32;
    p = p * y + 2.000_188e-13;
    p = p * y + -8.604_672e-11;
    p = p * y + 5.122_297e-8;
    p = p * y + 1.485_722_4e-5;
    p = p * y + 6.372_619_3e-4;
    p = p * y + 4.893_524_6e-3;
    let mut q = 1.198_258_4e-6_f32;
    q = q * y + 1.185_347_1e-4;
    q = q * y + 2.268_434_6e-3;
    q = q * y + 4.893_525e-3;
    x * p / q
}

/// The logistic function.
#[inline(always)]
pub(crate) fn sigmoid(x: f32) -> f32 {
    0.5 + 0.5 * tanh(0.5 * x)
}

/// To an integer at a scale, halves upwards, cut to what 16 bits hold.
#[inline(always)]
pub(crate) fn quantize(x: f32, scale: f32) -> i16 {
    // Adding the offset first makes the truncation of `as` a rounding down.
    ((x * scale).clamp(-32767.0, 32767.0) + 32768.5) as i32 as i16 ^ i16::MIN
}

/// The integer of a hidden state, which lies in -1..1: rounded by adding a number so large that no fraction is left, and
/// read off the bits, since that is fast on every machine.
#[inline(always)]
pub(crate) fn quantize_state(x: f32) -> i16 {
    const LARGE: f32 = 12_582_912.0;
    (x * STATE_SCALE + LARGE).to_bits().wrapping_sub(LARGE.to_bits()) as i16
}

/// Natural exponential of a number that is not positive, right to about 1e-6.
pub(crate) fn exp(x: f32) -> f32 {
    let x = x.clamp(-80.0, 0.0);
    let mut y = 1.0 + x / 1024.0;
    for _ in 0..10 {
        y = y * y;
    }
    y
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tanh_is_close() {
        for i in -1000..=1000 {
            let x = i as f32 / 80.0;
            assert!((tanh(x) - x.tanh()).abs() < 2e-6, "{x}");
            assert!((sigmoid(x) - 1.0 / (1.0 + (-x).exp())).abs() < 2e-6, "{x}");
        }
    }

    #[test]
    fn quantize_rounds_and_cuts() {
        for (x, want) in
            [(0.0, 0), (0.5, 256), (-0.5, -256), (1000.0, 32767), (-1000.0, -32767), (0.002, 1), (-0.002, -1)]
        {
            assert_eq!(quantize(x, VALUE_SCALE), want, "{x}");
        }
        assert_eq!(quantize(f32::NAN, 1.0), i16::MIN);
        for (x, want) in [(0.0, 0), (1.0, 16384), (-1.0, -16384), (0.5, 8192), (-1e-9, 0), (-1.0 / 16384.0, -1)] {
            assert_eq!(quantize_state(x), want, "{x}");
        }
    }
}
