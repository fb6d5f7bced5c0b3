//! Products of integer matrices, exact and therefore the same on every machine: an AVX2 kernel and its scalar twin.
//!
//! Weights are kept in panels of 16 rows, two columns at a time, as the instruction that multiplies and adds pairs wants
//! them. This is the only file of the library with `unsafe`: the vector kernel is 6 to 10 times as fast as what the
//! compiler makes of the twin, and the parser spends nine tenths of its time here (`benches/README.md`).
#![allow(unsafe_code, reason = "vector loads and stores by pointer; bounds are asserted before the loops")]

/// Rows in a panel.
pub(crate) const PANEL: usize = 16;

/// A matrix of weights in panels.
#[derive(Debug, Clone)]
pub(crate) struct Panels {
    rows: usize,
    columns: usize,
    /// For each panel, for each pair of columns, for each row of the panel: the two weights.
    data: Vec<i16>,
}

impl Panels {
    /// Packs `rows` × `columns` weights (row by row); missing rows and an odd last column are filled with zeros.
    pub(crate) fn pack(weights: &[u8], rows: usize, columns: usize) -> Panels {
        assert_eq!(weights.len(), rows * columns, "a matrix of {rows} × {columns}");
        let pairs = columns.div_ceil(2);
        let mut data = vec![0; rows.div_ceil(PANEL) * pairs * PANEL * 2];
        for row in 0..rows {
            let start = row / PANEL * pairs * PANEL * 2 + row % PANEL * 2;
            for (column, &weight) in weights[row * columns..][..columns].iter().enumerate() {
                data[start + column / 2 * PANEL * 2 + column % 2] = i16::from(weight as i8);
            }
        }
        Panels { rows, columns, data }
    }

    /// Rows of the matrix.
    pub(crate) fn rows(&self) -> usize {
        self.rows
    }

    /// Rows including those that fill the last panel.
    pub(crate) fn padded_rows(&self) -> usize {
        self.rows.div_ceil(PANEL) * PANEL
    }

    /// Columns including the one that makes them even: the stride of inputs.
    pub(crate) fn stride(&self) -> usize {
        self.columns.div_ceil(2) * 2
    }

    /// For each of the `n` vectors in `input`, the product with every row, into `out` (`padded_rows` each).
    pub(crate) fn multiply(&self, input: &[i16], n: usize, out: &mut [i32]) {
        assert!(input.len() >= n * self.stride() && out.len() >= n * self.padded_rows(), "buffers hold all vectors");
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx2") {
            // SAFETY: the processor has AVX2, and the lengths were asserted above.
            unsafe { self.multiply_avx2(input, n, out) };
            return;
        }
        self.multiply_scalar(input, n, out);
    }

    /// The twin: plain loops, the reference for every other kernel.
    pub(crate) fn multiply_scalar(&self, input: &[i16], n: usize, out: &mut [i32]) {
        let (stride, padded) = (self.stride(), self.padded_rows());
        for vector in 0..n {
            let a = &input[vector * stride..][..stride];
            for (p, panel) in self.data.chunks_exact(stride * PANEL).enumerate() {
                let mut sums = [0_i32; PANEL];
                for (pair, weights) in a.chunks_exact(2).zip(panel.chunks_exact(PANEL * 2)) {
                    for (sum, w) in sums.iter_mut().zip(weights.chunks_exact(2)) {
                        *sum += i32::from(pair[0]) * i32::from(w[0]) + i32::from(pair[1]) * i32::from(w[1]);
                    }
                }
                out[vector * padded + p * PANEL..][..PANEL].copy_from_slice(&sums);
            }
        }
    }

    /// # Safety
    /// The processor must have AVX2; `input` must hold `n * stride` and `out` `n * padded_rows` numbers.
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    unsafe fn multiply_avx2(&self, input: &[i16], n: usize, out: &mut [i32]) {
        let panels = self.padded_rows() / PANEL;
        for panel in 0..panels {
            let mut vector = 0;
            // SAFETY: `vector + K <= n` and `panel < panels`, so every pointer stays inside the asserted lengths.
            unsafe {
                while vector + 6 <= n {
                    self.tile::<6>(input, vector, panel, out);
                    vector += 6;
                }
                while vector + 2 <= n {
                    self.tile::<2>(input, vector, panel, out);
                    vector += 2;
                }
                if vector < n {
                    self.tile::<1>(input, vector, panel, out);
                }
            }
        }
    }

    /// One panel times `K` vectors, sums kept in registers.
    ///
    /// # Safety
    /// As for `multiply_avx2`, with `vector + K <= n` and `panel` one of the matrix.
    #[cfg(target_arch = "x86_64")]
    #[target_feature(enable = "avx2")]
    unsafe fn tile<const K: usize>(&self, input: &[i16], vector: usize, panel: usize, out: &mut [i32]) {
        use std::arch::x86_64::*;
        let (stride, padded) = (self.stride(), self.padded_rows());
        let mut sums = [[_mm256_setzero_si256(); 2]; K];
        // SAFETY: reads `stride / 2` pairs of each of K vectors and of one panel, writes 16 sums of each vector; all lie
        // inside the slices by the caller's promise. Loads and stores are the unaligned kind.
        unsafe {
            let weights = self.data.as_ptr().add(panel * stride * PANEL);
            let a = input.as_ptr().add(vector * stride);
            for pair in 0..stride / 2 {
                let low = _mm256_loadu_si256(weights.add(pair * 2 * PANEL).cast());
                let high = _mm256_loadu_si256(weights.add(pair * 2 * PANEL + PANEL).cast());
                for (k, sum) in sums.iter_mut().enumerate() {
                    let both = _mm256_set1_epi32(a.add(k * stride + pair * 2).cast::<i32>().read_unaligned());
                    sum[0] = _mm256_add_epi32(sum[0], _mm256_madd_epi16(low, both));
                    sum[1] = _mm256_add_epi32(sum[1], _mm256_madd_epi16(high, both));
                }
            }
            for (k, sum) in sums.iter().enumerate() {
                let to = out.as_mut_ptr().add((vector + k) * padded + panel * PANEL);
                _mm256_storeu_si256(to.cast(), sum[0]);
                _mm256_storeu_si256(to.add(8).cast(), sum[1]);
            }
        }
    }
}

/// Runs a function compiled for AVX2 where the processor has it. Float arithmetic written in plain Rust gives the same
/// bits either way: the compiler neither reorders nor fuses it.
#[inline]
pub(crate) fn vectorized<T>(work: impl FnOnce() -> T) -> T {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx2") {
        /// # Safety
        /// The processor must have AVX2.
        #[target_feature(enable = "avx2")]
        unsafe fn with_avx2<T>(work: impl FnOnce() -> T) -> T {
            work()
        }
        // SAFETY: the processor has AVX2.
        return unsafe { with_avx2(work) };
    }
    work()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn kernels_agree(rows in 1..40_usize, columns in 1..70_usize, n in 0..15_usize, seed in any::<u32>()) {
            let mut state = seed | 1;
            let mut next = || { state ^= state << 13; state ^= state >> 17; state ^= state << 5; state };
            let weights: Vec<u8> = (0..rows * columns).map(|_| (next() % 255) as u8).collect();
            let panels = Panels::pack(&weights, rows, columns);
            let input: Vec<i16> = (0..n * panels.stride()).map(|_| (next() >> 16) as i16).map(|x| x.max(-32767)).collect();
            let mut fast = vec![0; n * panels.padded_rows()];
            let mut slow = fast.clone();
            panels.multiply(&input, n, &mut fast);
            panels.multiply_scalar(&input, n, &mut slow);
            prop_assert_eq!(fast, slow);
        }
    }
}
