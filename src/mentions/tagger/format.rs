//! The file of a model: a text line of labels, then numbers in little endian; of each row only the weights that are not zero.

use super::decode::Transitions;
use super::model::{Model, stride_of};
use super::scheme::tags;

const MAGIC: &[u8] = b"jinxiu tagger 1\n";

/// Why bytes are no model.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ModelError {
    /// It begins otherwise than a model does.
    #[error("this is no tagger model of this version; train one with `jinxiu train`")]
    Unknown,
    /// It ends before it should.
    #[error("the tagger model is cut short; train it again with `jinxiu train`")]
    CutShort,
}

impl Model {
    /// The model as the bytes of a file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(self.labels.join(" ").as_bytes());
        bytes.push(b'\n');
        bytes.extend(self.temperature.to_le_bytes());
        let mut transitions = self.transitions.clone();
        for index in 0..transitions.len() {
            bytes.extend(transitions.at(index).to_le_bytes());
        }
        bytes.extend(u32::try_from(self.keys.len()).unwrap_or(0).to_le_bytes());
        for (key, row) in self.keys.iter().zip(self.weights.chunks_exact(self.stride)) {
            bytes.extend(key.to_le_bytes());
            let present = row.iter().enumerate().filter(|(_, weight)| **weight != 0);
            let mask = present.clone().fold(0u64, |mask, (tag, _)| mask | 1 << tag);
            bytes.extend(&mask.to_le_bytes()[..mask_bytes(self.labels.len())]);
            bytes.extend(present.map(|(_, weight)| weight.to_le_bytes()[0]));
        }
        bytes
    }

    /// Reads what [`Self::to_bytes`] wrote.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ModelError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(ModelError::Unknown)?;
        let line = rest.iter().position(|byte| *byte == b'\n').ok_or(ModelError::CutShort)?;
        let labels = std::str::from_utf8(&rest[..line]).map_err(|_| ModelError::Unknown)?;
        let labels: Vec<String> = labels.split_whitespace().map(str::to_owned).collect();
        if labels.is_empty() || labels.len() > super::decode::MOST_LABELS {
            return Err(ModelError::Unknown);
        }
        let mut reader = Reader { bytes: &rest[line + 1..] };
        let temperature = f32::from_le_bytes(reader.four()?);
        let mut transitions = Transitions::new(labels.len());
        for index in 0..transitions.len() {
            *transitions.at(index) = i32::from_le_bytes(reader.four()?);
        }
        let rows = reader.rows(labels.len())?;
        Ok(Self::new(labels, transitions, rows, temperature))
    }
}

fn mask_bytes(labels: usize) -> usize {
    tags(labels).div_ceil(8)
}

struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], ModelError> {
        let (taken, rest) = self.bytes.split_at_checked(count).ok_or(ModelError::CutShort)?;
        self.bytes = rest;
        Ok(taken)
    }

    fn four(&mut self) -> Result<[u8; 4], ModelError> {
        self.take(4)?.try_into().map_err(|_| ModelError::CutShort)
    }

    fn rows(&mut self, labels: usize) -> Result<(Vec<u32>, Vec<i8>), ModelError> {
        let count = u32::from_le_bytes(self.four()?) as usize;
        let stride = stride_of(labels);
        let (mut keys, mut weights) = (Vec::with_capacity(count), vec![0i8; count * stride]);
        for row in weights.chunks_exact_mut(stride) {
            keys.push(u32::from_le_bytes(self.four()?));
            let mut mask = [0; 8];
            mask[..mask_bytes(labels)].copy_from_slice(self.take(mask_bytes(labels))?);
            let mut mask = u64::from_le_bytes(mask);
            let present = self.take(mask.count_ones() as usize)?;
            for weight in present {
                let tag = mask.trailing_zeros() as usize;
                *row.get_mut(tag).ok_or(ModelError::Unknown)? = i8::from_le_bytes([*weight]);
                mask &= mask - 1;
            }
        }
        Ok((keys, weights))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_is_no_model() {
        assert_eq!(Model::from_bytes(b"PK"), Err(ModelError::Unknown));
        assert_eq!(Model::from_bytes(b"jinxiu tagger 1\nA B\n\0"), Err(ModelError::CutShort));
    }
}
