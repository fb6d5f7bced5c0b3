//! Formats of several files: a folder, or a zip archive of them. Both appear whole or not at all.

use crate::{Error, Result};
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use zip::write::SimpleFileOptions;

/// Writes a folder of files, each filled by `fill`. In a folder that is there already, only these files are replaced.
pub fn folder(path: &Path, parts: &[&str], fill: impl FnMut(&str, &mut dyn Write) -> Result<()>) -> Result<()> {
    let named = |error| Error::io(path, error);
    if path.exists() && !path.is_dir() {
        let path = path.display();
        let message = format!("{path} is a file, but this format is a folder; remove it, or write to {path}.zip");
        return Err(Error::Usage(message));
    }
    let parent = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let made = temporary(parent).map_err(named)?;
    fill_folder(made.path(), parts, fill)?;
    if !path.exists() {
        return fs::rename(made.path(), path).map_err(named);
    }
    parts.iter().try_for_each(|part| fs::rename(made.path().join(part), path.join(part)).map_err(named))
}

/// A folder beside the one to be written, so that it can be renamed, with the permissions a new folder would have.
fn temporary(parent: &Path) -> io::Result<tempfile::TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".newsgraph-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
    builder.tempdir_in(parent)
}

fn fill_folder(folder: &Path, parts: &[&str], mut fill: impl FnMut(&str, &mut dyn Write) -> Result<()>) -> Result<()> {
    for part in parts {
        let path = folder.join(part);
        let mut file = BufWriter::new(fs::File::create(&path).map_err(|error| Error::io(&path, error))?);
        fill(part, &mut file)?;
        file.flush().map_err(|error| Error::io(&path, error))?;
    }
    Ok(())
}

/// Writes a zip archive as it goes. Its files bear the first day that the format knows, so that the bytes are the same on
/// every run.
pub fn zip(
    out: &mut dyn Write,
    parts: &[&str],
    mut fill: impl FnMut(&str, &mut dyn Write) -> Result<()>,
) -> Result<()> {
    let mut archive = zip::ZipWriter::new_stream(out);
    let options = SimpleFileOptions::default()
        .compression_method(zip::CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default())
        .unix_permissions(0o644)
        .large_file(true);
    for part in parts {
        archive.start_file(*part, options).map_err(failed)?;
        fill(part, &mut archive)?;
    }
    archive.finish().map_err(failed)?;
    Ok(())
}

fn failed(error: zip::result::ZipError) -> Error {
    match error {
        zip::result::ZipError::Io(error) => Error::Write(error),
        other => Error::Write(io::Error::other(other)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    fn put(part: &str, out: &mut dyn Write) -> Result<()> {
        Ok(out.write_all(part.as_bytes())?)
    }

    fn fail(part: &str, out: &mut dyn Write) -> Result<()> {
        if part == "b" { Err(Error::Usage("stop".into())) } else { put("new", out) }
    }

    #[test]
    fn a_folder_is_written_whole_or_not_at_all() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("g.csv");
        assert!(folder(&path, &["a", "b"], fail).is_err() && !path.exists());
        folder(&path, &["a", "b"], put).unwrap();
        fs::write(path.join("mine"), "kept").unwrap();
        assert!(folder(&path, &["a", "b"], fail).is_err());
        assert_eq!(fs::read_to_string(path.join("a")).unwrap(), "a", "a failed run changes nothing");
        folder(&path, &["a", "b"], put).unwrap();
        assert_eq!(fs::read_to_string(path.join("mine")).unwrap(), "kept");
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1, "no temporary folder stays");
        let file = folder(&path.join("mine"), &["a"], put).unwrap_err().to_string();
        assert!(file.contains("mine is a file, but this format is a folder"), "{file}");
    }

    #[test]
    fn an_archive_has_every_file_and_the_same_bytes_each_time() {
        let made = || {
            let mut out = Vec::new();
            zip(&mut out, &["a", "b"], put).unwrap();
            out
        };
        let bytes = made();
        assert!(bytes == made());
        let mut archive = zip::ZipArchive::new(io::Cursor::new(bytes)).unwrap();
        for name in ["a", "b"] {
            let mut text = String::new();
            archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
            assert_eq!(text, name);
        }
    }
}
