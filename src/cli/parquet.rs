//! Columns as Parquet, for data frames.

use parquet::basic::{ConvertedType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;
use std::io::{self, Write};
use std::sync::Arc;

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

/// Writes columns of one length, in their order. The same columns give the same bytes.
pub fn write_parquet(columns: &[(String, Column)], out: &mut dyn Write) -> io::Result<()> {
    out.write_all(&bytes(columns).map_err(io::Error::other)?)
}

fn bytes(columns: &[(String, Column)]) -> Result<Vec<u8>, ParquetError> {
    let fields = columns.iter().map(|(name, column)| field(name, column)).collect::<Result<Vec<_>, _>>()?;
    let schema = Type::group_type_builder("jinxiu").with_fields(fields).build()?;
    let properties = WriterProperties::builder().set_created_by("jinxiu".to_owned()).build();
    let mut file = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties))?;
    let mut group = file.next_row_group()?;
    for (_, column) in columns {
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
    group.close()?;
    file.into_inner()
}

fn field(name: &str, column: &Column) -> Result<Arc<Type>, ParquetError> {
    let (physical, converted) = match column {
        Column::Text(_) => (Physical::BYTE_ARRAY, ConvertedType::UTF8),
        Column::Number(_) => (Physical::DOUBLE, ConvertedType::NONE),
        Column::Whole(_) => (Physical::INT64, ConvertedType::NONE),
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
    fn no_rows_and_the_same_bytes_twice_are_fine() {
        let none = [("a".to_owned(), Column::Text(Vec::new()))];
        assert_eq!(bytes(&none).unwrap(), bytes(&none).unwrap());
        assert_eq!(bytes(&columns()).unwrap(), bytes(&columns()).unwrap());
    }
}
