package cli

import (
	"errors"
	"path/filepath"

	"hathor/internal/blob"
	"hathor/internal/doctor"
	"hathor/internal/sqlstore"
)

// identity tells whether the data folder belongs to the database.
func (e *examination) identity(db *sqlstore.DB) bool {
	const check = "data folder of this database"
	id, err := sqlstore.NewIdentity(db, e.clock).ID(e.ctx)
	mark, markErr := readIdentity(e.settings.DataDir)
	switch {
	case err != nil || markErr != nil:
		e.Fail(check, "Look at the rights of the data folder", "%v", errors.Join(err, markErr))
	case id == "" || mark == "":
		e.OK(check, "not noted yet, the next start of the server does")
		return true
	case id == mark:
		e.OK(check, "they belong together")
		return true
	case e.Repair && e.takeOver(db, id):
		e.Mended("%s: %s now belongs to this database", check, e.settings.DataDir)
		return true
	default:
		e.Fail(check, "Set DATA_DIR or DATABASE_URL right. If every stored file is there all the same (see below), stop the server and run "+
			"'hathor doctor --repair': then they belong together from now on", "the data folder belongs to another database, so nothing is deleted from it")
	}
	return false
}

// takeOver gives the folder to the database where all that the database names is in it.
func (e *examination) takeOver(db *sqlstore.DB, id string) bool {
	found, err := e.compare(db)
	if err != nil || e.running || len(found.Lost)+len(found.Wrong) > 0 {
		return false
	}
	return writeIdentity(e.settings.DataDir, id) == nil
}

func (e *examination) compare(db *sqlstore.DB) (found doctor.Objects, err error) {
	named, err := sqlstore.NewDoctor(db).Named(e.ctx)
	if err != nil {
		return found, err
	}
	view, err := blob.OpenView(filepath.Join(e.settings.DataDir, "objects"))
	if err != nil {
		return found, err
	}
	defer func() { err = errors.Join(err, view.Close()) }()
	if found, err = doctor.Compare(e.ctx, named, view, e.Deep); err != nil {
		return found, err
	}
	// Smaller copies of covers are in use although no row names them.
	found.Unnamed, err = sqlstore.NewIngest(db, e.clock).Unused(e.ctx, found.Unnamed)
	return found, err
}

func (e *examination) objects(db *sqlstore.DB, fits bool) {
	found, err := e.compare(db)
	if err != nil {
		e.Fail("stored files", "Look at the rights of the data folder, and after the disk", "%v", err)
		return
	}
	if e.running { // an upload under way has bytes before it has a row
		found.Unnamed = nil
	}
	if e.Repair && fits && len(found.Unnamed) > 0 && len(found.Lost) == 0 && found.Named > 0 {
		if err := e.remove(found.Unnamed); err != nil {
			e.Warn("stored files", "", "could not remove what belongs to no song: %v", err)
		} else {
			e.Mended("stored files: removed %d that belonged to no song", len(found.Unnamed))
			found.Unnamed = nil
		}
	}
	found.Note(&e.Report, e.Deep)
}

// remove deletes objects while it alone has the data folder.
func (e *examination) remove(keys []string) (err error) {
	data, err := openFolder(e.settings.DataDir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, data.Close()) }()
	disk, err := blob.OpenDisk(filepath.Join(data.path, "objects"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, disk.Close()) }()
	for _, key := range keys {
		if err := disk.Delete(e.ctx, key); err != nil {
			return err
		}
	}
	return nil
}
