//! The model file: tensors in a safetensors container with labels and sizes in its metadata, read where they lie.

use crate::error::{Error, Result};
use safetensors::{Dtype, SafeTensors};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

/// A model file, checked to be whole.
pub(crate) struct Weights {
    file: String,
    bytes: Cow<'static, [u8]>,
    metadata: BTreeMap<String, String>,
    tensors: BTreeMap<String, Tensor>,
}

#[derive(Clone)]
struct Tensor {
    shape: Vec<usize>,
    dtype: Dtype,
    range: Range<usize>,
}

/// A part of the file that stays in it.
#[derive(Debug, Clone)]
pub(crate) struct Bytes {
    bytes: Cow<'static, [u8]>,
}

impl Bytes {
    /// The bytes.
    pub(crate) fn get(&self) -> &[u8] {
        &self.bytes
    }
}

impl Weights {
    /// Reads the header and checks it.
    pub(crate) fn parse(file: &str, bytes: Cow<'static, [u8]>) -> Result<Weights> {
        let bad = |e: safetensors::SafeTensorError| {
            Error::syntax(file, None, format!("not a model of newsgraph (a safetensors file was expected): {e}"))
        };
        let (header, meta) = SafeTensors::read_metadata(&bytes).map_err(bad)?;
        let start = header + std::mem::size_of::<u64>();
        let metadata = meta.metadata().clone().unwrap_or_default().into_iter().collect();
        let tensors = meta
            .tensors()
            .into_iter()
            .map(|(name, t)| {
                let (from, to) = t.data_offsets;
                (name, Tensor { shape: t.shape.clone(), dtype: t.dtype, range: start + from..start + to })
            })
            .collect();
        Ok(Weights { file: file.to_owned(), bytes, metadata, tensors })
    }

    /// An error about this file.
    pub(crate) fn error(&self, message: impl Into<String>) -> Error {
        Error::syntax(&*self.file, None, message)
    }

    /// A line of the metadata.
    pub(crate) fn text(&self, key: &str) -> Result<&str> {
        self.metadata
            .get(key)
            .map(String::as_str)
            .ok_or_else(|| self.error(format!("the model's metadata lacks {key:?}")))
    }

    /// A number of the metadata.
    pub(crate) fn number(&self, key: &str) -> Result<usize> {
        let text = self.text(key)?;
        text.parse().map_err(|_| self.error(format!("{key:?} in the model's metadata is {text:?}, not a number")))
    }

    /// Labels of the metadata, one for each output.
    pub(crate) fn labels(&self, key: &str) -> Result<Vec<&str>> {
        Ok(self.text(key)?.split(' ').collect())
    }

    fn tensor(&self, name: &str, dtype: Dtype) -> Result<&Tensor> {
        let tensor =
            self.tensors.get(name).ok_or_else(|| self.error(format!("the model lacks the tensor {name:?}")))?;
        if tensor.dtype != dtype || tensor.range.end > self.bytes.len() {
            return Err(self.error(format!("the tensor {name:?} is {:?}, not {dtype:?}", tensor.dtype)));
        }
        Ok(tensor)
    }

    /// A matrix of bytes: its rows, columns and data.
    pub(crate) fn matrix(&self, name: &str) -> Result<(usize, usize, Bytes)> {
        let tensor = self.tensor(name, Dtype::I8)?;
        let &[rows, columns] = &tensor.shape[..] else {
            return Err(
                self.error(format!("the tensor {name:?} should have two dimensions, it has {:?}", tensor.shape))
            );
        };
        let bytes = match &self.bytes {
            Cow::Borrowed(bytes) => Cow::Borrowed(&bytes[tensor.range.clone()]),
            Cow::Owned(bytes) => Cow::Owned(bytes[tensor.range.clone()].to_vec()),
        };
        Ok((rows, columns, Bytes { bytes }))
    }

    /// Floats, as many as expected.
    pub(crate) fn floats(&self, name: &str, count: usize) -> Result<Vec<f32>> {
        let tensor = self.tensor(name, Dtype::F32)?;
        let found: Vec<f32> = self.words(tensor).map(f32::from_le_bytes).collect();
        if found.len() != count {
            return Err(self.error(format!("the tensor {name:?} has {} numbers, not {count}", found.len())));
        }
        if found.iter().any(|x| !x.is_finite()) {
            return Err(self.error(format!("the tensor {name:?} holds a number that is not finite")));
        }
        Ok(found)
    }

    /// Hashes in rising order.
    pub(crate) fn hashes(&self, name: &str) -> Result<Vec<u32>> {
        let tensor = self.tensor(name, Dtype::U32)?;
        let found: Vec<u32> = self.words(tensor).map(u32::from_le_bytes).collect();
        match found.is_sorted() {
            true => Ok(found),
            false => Err(self.error(format!("the hashes in {name:?} are not sorted"))),
        }
    }

    fn words(&self, tensor: &Tensor) -> impl Iterator<Item = [u8; 4]> {
        self.bytes[tensor.range.clone()].chunks_exact(4).map(|b| [b[0], b[1], b[2], b[3]])
    }
}
