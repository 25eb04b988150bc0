//! Columns as Parquet, for data frames.

use parquet::basic::{ConvertedType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;
use std::io::{self, Write};
use std::sync::Arc;

/// What a column holds, the narrower before the wider.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Whole numbers.
    Whole,
    /// Double-precision numbers.
    Number,
    /// UTF-8 strings.
    Text,
}

/// The values of a column; `None` is null.
#[derive(Debug, Clone, PartialEq)]
pub enum Column {
    /// UTF-8 strings.
    Text(Vec<Option<String>>),
    /// Double-precision numbers.
    Number(Vec<Option<f64>>),
    /// Whole numbers.
    Whole(Vec<Option<i64>>),
}

impl Column {
    fn kind(&self) -> Kind {
        match self {
            Self::Text(_) => Kind::Text,
            Self::Number(_) => Kind::Number,
            Self::Whole(_) => Kind::Whole,
        }
    }
}

/// Writes columns of one length, in their order. The same columns give the same bytes.
pub fn write_parquet(columns: &[(String, Column)], out: &mut dyn Write) -> io::Result<()> {
    let schema: Vec<(String, Kind)> =
        columns.iter().map(|(name, column)| (name.clone(), column.kind())).collect();
    let cells: Vec<Column> = columns.iter().map(|(_, column)| column.clone()).collect();
    write_lots(&schema, std::iter::once(Ok(cells)), out)
}

/// Writes rows lot by lot: of each lot the columns in the order of the schema, of its kinds. One lot is in memory at once.
pub fn write_lots(
    schema: &[(String, Kind)],
    lots: impl Iterator<Item = io::Result<Vec<Column>>>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut file = begin(schema).map_err(io::Error::other)?;
    for lot in lots {
        write_group(&mut file, &lot?).map_err(io::Error::other)?;
        file.flush()?;
        out.write_all(&std::mem::take(file.inner_mut()))?;
    }
    out.write_all(&file.into_inner().map_err(io::Error::other)?)
}

/// A file whose bytes are taken out of memory as they come.
type Begun = SerializedFileWriter<Vec<u8>>;

fn begin(schema: &[(String, Kind)]) -> Result<Begun, ParquetError> {
    let fields = schema.iter().map(|(name, kind)| field(name, *kind)).collect::<Result<Vec<_>, _>>()?;
    let schema = Type::group_type_builder("jinxiu").with_fields(fields).build()?;
    let properties = WriterProperties::builder().set_created_by("jinxiu".to_owned()).build();
    SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties))
}

fn write_group(file: &mut Begun, columns: &[Column]) -> Result<(), ParquetError> {
    let mut group = file.next_row_group()?;
    for column in columns {
        match column {
            Column::Text(cells) => {
                let cells: Vec<Option<ByteArray>> =
                    cells.iter().map(|c| c.as_ref().map(|text| ByteArray::from(text.as_str()))).collect();
                write_column::<ByteArrayType>(&mut group, &cells)?;
            }
            Column::Number(cells) => write_column::<DoubleType>(&mut group, cells)?,
            Column::Whole(cells) => write_column::<Int64Type>(&mut group, cells)?,
        }
    }
    group.close().map(|_| ())
}

fn field(name: &str, kind: Kind) -> Result<Arc<Type>, ParquetError> {
    let (physical, converted) = match kind {
        Kind::Text => (Physical::BYTE_ARRAY, ConvertedType::UTF8),
        Kind::Number => (Physical::DOUBLE, ConvertedType::NONE),
        Kind::Whole => (Physical::INT64, ConvertedType::NONE),
    };
    let builder = Type::primitive_type_builder(name, physical).with_repetition(Repetition::OPTIONAL);
    Ok(Arc::new(builder.with_converted_type(converted).build()?))
}

fn write_column<T: DataType>(
    group: &mut SerializedRowGroupWriter<'_, Vec<u8>>,
    cells: &[Option<T::T>],
) -> Result<(), ParquetError> {
    let Some(mut column) = group.next_column()? else {
        return Err(ParquetError::General("more columns than the schema has".to_owned()));
    };
    let present: Vec<T::T> = cells.iter().flatten().cloned().collect();
    let levels: Vec<i16> = cells.iter().map(|cell| i16::from(cell.is_some())).collect();
    column.typed::<T>().write_batch(&present, Some(&levels), None)?;
    column.close()
}

#[cfg(test)]
mod tests {
    use super::*;
    use parquet::file::reader::{FileReader, SerializedFileReader};

    fn columns() -> Vec<(String, Column)> {
        vec![
            ("地方".to_owned(), Column::Text(vec![Some("太原市".to_owned()), None])),
            ("value".to_owned(), Column::Number(vec![None, Some(9.7)])),
            ("n".to_owned(), Column::Whole(vec![Some(1), Some(2)])),
        ]
    }

    #[test]
    fn what_is_written_is_read_again_with_its_nulls() {
        let file = tempfile::tempfile().unwrap();
        write_parquet(&columns(), &mut &file).unwrap();
        let reader = SerializedFileReader::new(file).unwrap();
        let rows: Vec<String> =
            reader.get_row_iter(None).unwrap().map(|row| row.unwrap().to_string()).collect();
        assert_eq!(rows, ["{地方: \"太原市\", value: null, n: 1}", "{地方: null, value: 9.7, n: 2}"]);
    }

    #[test]
    fn lots_become_one_table() {
        let file = tempfile::tempfile().unwrap();
        let schema = [("n".to_owned(), Kind::Whole)];
        let lots = [vec![Some(1), None], vec![Some(3)]].map(|cells| Ok(vec![Column::Whole(cells)]));
        write_lots(&schema, lots.into_iter(), &mut &file).unwrap();
        let reader = SerializedFileReader::new(file).unwrap();
        let rows: Vec<String> =
            reader.get_row_iter(None).unwrap().map(|row| row.unwrap().to_string()).collect();
        assert_eq!((rows.join(" ").as_str(), reader.num_row_groups()), ("{n: 1} {n: null} {n: 3}", 2));
    }

    #[test]
    fn no_rows_and_the_same_bytes_twice_are_fine() {
        let bytes = |columns: &[(String, Column)]| {
            let mut bytes = Vec::new();
            write_parquet(columns, &mut bytes).unwrap();
            bytes
        };
        let none = [("a".to_owned(), Column::Text(Vec::new()))];
        assert_eq!(bytes(&none), bytes(&none));
        assert_eq!(bytes(&columns()), bytes(&columns()));
    }
}
