//! Batches: many items in transactions of bounded size, none stopped by another's failure.

use anyhow::Result;

use super::ChangeArgs;
use super::{App, Done, Question, Review, changed_meanwhile, review};
use crate::render::sheet::Sheet;
use crate::store::driver::DriverError;
use crate::store::{Fate, Operation, StoreError, Tx, Written};

/// How many items one transaction takes on: others wait for it a fifth of a second at most.
const PAGE: i64 = 2000;

/// Whether a step has come to the end of the items.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    More,
    Finished,
}

/// Work on many items, one after another, that can be taken up again at any of them.
///
/// A clone remembers how far the work had come; a step that fails is taken again from its clone.
pub trait Batch: Clone {
    /// Works on at most `limit` items after those done.
    fn step(&mut self, tx: &Tx<'_>, limit: i64) -> Result<Step>;

    /// Passes over the next item, which failed by itself with `error`, and records that.
    fn pass_over(&mut self, tx: &Tx<'_>, error: &anyhow::Error) -> Result<()>;

    /// Tells what was done.
    fn done(&self) -> Done;
}

impl App {
    /// Shows on stderr what a batch would do and asks about it; errors when it would do something else
    /// after the answer.
    pub fn agree_each<B: Batch>(&mut self, batch: &B, question: Question) -> Result<()> {
        let questions = [question];
        if !self.terminal.is_interactive {
            return self.agree(&questions);
        }
        let mut shown = batch.clone();
        let before = self.rehearse_apart(&mut shown)?;
        self.show_rehearsal(&shown.done(), &before)?;
        self.agree(&questions)?;
        let after = self.rehearse_apart(&mut batch.clone())?;
        if before.tells_the_same(&after) { Ok(()) } else { Err(changed_meanwhile().into()) }
    }

    /// Rehearses a batch as an operation that is never written.
    fn rehearse_apart<B: Batch>(&mut self, batch: &mut B) -> Result<Review> {
        self.open_store()?;
        let dry = ChangeArgs { dry_run: true, ..ChangeArgs::default() };
        let operation = self.operation_for(&dry)?;
        self.rehearse_pages(&operation, batch)
    }

    /// Runs a batch to its end and shows what it did.
    ///
    /// A page of items is one transaction; when it fails, its items are taken one by one, so that
    /// only the one at fault is left out. A dry run is a single transaction, rolled back.
    pub fn change_each<B: Batch>(&mut self, args: &ChangeArgs, batch: B) -> Result<B> {
        self.open_store()?;
        let operation = self.operation_for(args)?;
        let mut batch = batch;
        let reviewed = if args.dry_run {
            self.rehearse_pages(&operation, &mut batch)?
        } else {
            self.run_pages(&operation, &mut batch)?;
            let json = self.wants_json()?;
            self.read(|tx| {
                let written = match operation.id() {
                    Some(id) => tx.written_by(id)?,
                    None => Written::default(),
                };
                review(tx, operation.id(), &written, json)
            })?
        };
        let done = batch.done();
        self.show_change(operation.id(), args.dry_run, done, reviewed)?;
        Ok(batch)
    }

    /// Rehearses a batch and shows what it would do, and after that `more`, in one answer.
    pub fn rehearse_each<B: Batch>(
        &mut self,
        args: &ChangeArgs,
        mut batch: B,
        more: Vec<Sheet>,
    ) -> Result<B> {
        self.open_store()?;
        let operation = self.operation_for(args)?;
        let reviewed = self.rehearse_pages(&operation, &mut batch)?;
        let mut done = batch.done();
        done.objects.extend(more);
        self.show_change(None, true, done, reviewed)?;
        Ok(batch)
    }

    fn rehearse_pages<B: Batch>(&self, operation: &Operation, batch: &mut B) -> Result<Review> {
        let json = self.wants_json()?;
        let whole = |tx: &Tx<'_>| {
            while batch.step(tx, PAGE)? == Step::More {}
            Ok(())
        };
        let shown = |tx: &Tx<'_>, written: &_| review(tx, operation.id(), written, json);
        Ok(self.store().transaction(operation, |_, _| Fate::RollBack, whole, shown)?.1)
    }

    /// Runs a batch to its end as `operation`; what it did is told by the caller.
    pub fn record_each<B: Batch>(&mut self, operation: &Operation, mut batch: B) -> Result<B> {
        self.run_pages(operation, &mut batch)?;
        Ok(batch)
    }

    fn run_pages<B: Batch>(&mut self, operation: &Operation, batch: &mut B) -> Result<()> {
        let mut limit = PAGE;
        let mut singles = 0;
        loop {
            let before = batch.clone();
            let step = |tx: &Tx<'_>| batch.step(tx, limit);
            match self.record_as(operation, step) {
                Ok(Step::Finished) => return Ok(()),
                Ok(Step::More) => {
                    singles += 1;
                    if singles >= PAGE {
                        limit = PAGE;
                    }
                }
                Err(error) if !concerns_one_item(&error) => return Err(error),
                Err(_) if limit > 1 => {
                    *batch = before;
                    (limit, singles) = (1, 0);
                }
                Err(error) => {
                    *batch = before;
                    self.record_as(operation, |tx| batch.pass_over(tx, &error))?;
                }
            }
        }
    }
}

/// Says whether a failure may be one item's alone, and not the disk's or the clock's.
fn concerns_one_item(error: &anyhow::Error) -> bool {
    match error.downcast_ref::<StoreError>() {
        Some(StoreError::Driver(error)) => matches!(
            error,
            DriverError::Duplicate(_)
                | DriverError::Guarded(_)
                | DriverError::Unexpected(_)
                | DriverError::Corrupt(_)
        ),
        Some(StoreError::ClockBehind { .. } | StoreError::HandedOver { .. }) => false,
        Some(_) => true,
        None => false,
    }
}
