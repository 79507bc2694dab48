//! A workspace in memory: its store, its snapshot, its learner.

use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock};

use arc_swap::{ArcSwap, Guard};
use milieu_culture::KnowledgeBase;
use milieu_decide::{Live, Policy};
use milieu_learn::History;
use milieu_measure::Ledger;
use milieu_review::{Roster, TrailBody};
use milieu_store::{CheckpointFile, Control, DataFolder, EventLog, Writing};
use tokio::sync::{Mutex, MutexGuard, watch};

use crate::journeys::back_up::last_backup;
use crate::journeys::decide_variant::Answers;
use crate::journeys::record_events::IntakeCounts;
use crate::key_ring::KeyRing;
use crate::learner::{self, LearnerHandle};
use crate::secrets::Secrets;
use crate::vitals::{BackedUp, Weighed};
use crate::{EngineError, Principal, clock, learner_file, publish};

/// What a workspace is called and whether its visitors are real.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workspace {
    /// Its name for people.
    pub name: String,
    /// Whether its visitors are simulated; said wherever numbers are seen.
    pub simulated: bool,
}

/// One workspace, opened.
///
/// Reading the snapshot takes no lock. Changes to the control plane wait for each
/// other, are durable with their trail entry, and are then published whole.
#[derive(Debug)]
pub struct Engine {
    pub(crate) control: Control,
    pub(crate) log: EventLog,
    pub(crate) secrets: Secrets,
    pub(crate) knowledge: Arc<KnowledgeBase>,
    pub(crate) live: ArcSwap<Live>,
    pub(crate) roster: ArcSwap<Roster>,
    pub(crate) keys: ArcSwap<KeyRing>,
    pub(crate) workspace: ArcSwap<Workspace>,
    pub(crate) ledger: Arc<RwLock<Ledger>>,
    pub(crate) history: RwLock<History>,
    pub(crate) checkpoint: CheckpointFile,
    pub(crate) answers: Answers,
    pub(crate) intake: IntakeCounts,
    pub(crate) weighed: Weighed,
    pub(crate) backing_up: Arc<Mutex<()>>,
    pub(crate) backed_up: BackedUp,
    changes: watch::Sender<u64>,
    changing: Mutex<()>,
    folder: std::sync::Mutex<DataFolder>,
    learner: std::sync::Mutex<Option<LearnerHandle>>,
}

impl Engine {
    /// Opens a data folder, folds what the log has beyond the checkpoint, and publishes.
    ///
    /// Must be called inside a Tokio runtime, which the learner's thread uses.
    pub async fn open(
        folder: &Path,
        knowledge: Arc<KnowledgeBase>,
    ) -> Result<Arc<Self>, EngineError> {
        let folder = DataFolder::hold(folder)?;
        let control = Control::open(folder.path()).await?;
        let log = EventLog::open(folder.path())?;
        let secrets = Secrets::load_or_make(&control).await?;
        let roster = publish::roster(&control).await?;
        let keys = KeyRing::read(&control).await?;
        let workspace = workspace(&control).await?;
        let backed_up = BackedUp::at(last_backup(&control).await?);
        let version = log.tail().borrow().0;
        let catalogue = publish::catalogue(&control, &roster, version, clock::now()).await?;
        let quiet = publish::quiet(&control.quiet().await?, &catalogue.places);
        let live = Live {
            catalogue: Arc::new(catalogue),
            policy: Arc::new(Policy::default()),
            quiet: Arc::new(quiet),
            packs: knowledge.pack_version.as_str().into(),
            salt: secrets.salt.clone(),
        };
        let checkpoint = CheckpointFile::new(folder.path(), "ledger");
        let (ledger, history) = learner_file::restore(&checkpoint, *log.tail().borrow())?;
        let engine = Arc::new(Self {
            control,
            log,
            secrets,
            knowledge,
            live: ArcSwap::from_pointee(live),
            roster: ArcSwap::from_pointee(roster),
            keys: ArcSwap::from_pointee(keys),
            workspace: ArcSwap::from_pointee(workspace),
            ledger: Arc::new(RwLock::new(ledger)),
            history: RwLock::new(history),
            checkpoint,
            answers: Answers::new(),
            intake: IntakeCounts::default(),
            weighed: Weighed::default(),
            backing_up: Arc::default(),
            backed_up,
            changes: watch::Sender::new(0),
            changing: Mutex::new(()),
            folder: std::sync::Mutex::new(folder),
            learner: std::sync::Mutex::new(None),
        });
        learner::catch_up(&engine)?;
        let handle = learner::start(&engine)?;
        if let Ok(mut slot) = engine.learner.lock() {
            *slot = Some(handle);
        }
        Ok(engine)
    }

    /// Stops the learner after a last checkpoint and closes the store.
    pub async fn close(&self) {
        let handle = self.learner.lock().ok().and_then(|mut slot| slot.take());
        if let Some(handle) = handle {
            handle.stop().await;
        }
        self.control.close().await;
    }

    /// Returns the snapshot that decisions are made from.
    pub fn live(&self) -> Guard<Arc<Live>> {
        self.live.load()
    }

    /// Returns the knowledge base.
    pub fn knowledge(&self) -> &Arc<KnowledgeBase> {
        &self.knowledge
    }

    /// Returns the workspace's name and kind.
    pub fn workspace(&self) -> Arc<Workspace> {
        self.workspace.load_full()
    }

    /// Tells when content, approvals or quiet mode change; never when weights move.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changes.subscribe()
    }

    /// Returns the secret that signs stream tickets.
    pub fn ticket_key(&self) -> &[u8; 32] {
        &self.secrets.ticket
    }

    /// Returns how far the learner is behind the log, in events.
    pub fn lag(&self) -> u64 {
        let folded = self.ledger.read().map_or(0, |ledger| ledger.position().0);
        self.log.tail().borrow().0.saturating_sub(folded)
    }

    /// Tells whether events can be made durable: `false` on a full or broken disk.
    pub fn writes_events(&self) -> bool {
        self.log.writes()
    }

    /// Returns the folder that is held.
    pub(crate) fn folder_path(&self) -> PathBuf {
        let folder = self.folder.lock();
        folder.map_or_else(
            |broken| broken.into_inner().path().to_owned(),
            |folder| folder.path().to_owned(),
        )
    }

    /// Writes down where this process can be reached.
    pub fn announce(&self, who: &str) -> std::io::Result<()> {
        self.folder
            .lock()
            .map_or(Ok(()), |mut folder| folder.announce(who))
    }

    /// Begins a change of the control plane; others wait.
    pub(crate) async fn change(&self) -> Result<(MutexGuard<'_, ()>, Writing<'_>), EngineError> {
        let turn = self.changing.lock().await;
        Ok((turn, self.control.write().await?))
    }

    /// Reads everything again after a change, and publishes it whole.
    pub(crate) async fn republish(&self) -> Result<(), EngineError> {
        let roster = publish::roster(&self.control).await?;
        let keys = KeyRing::read(&self.control).await?;
        let version = self.live.load().catalogue.version + 1;
        let catalogue = publish::catalogue(&self.control, &roster, version, clock::now()).await?;
        let quiet = publish::quiet(&self.control.quiet().await?, &catalogue.places);
        self.workspace
            .store(Arc::new(workspace(&self.control).await?));
        self.roster.store(Arc::new(roster));
        self.keys.store(Arc::new(keys));
        let (catalogue, quiet) = (Arc::new(catalogue), Arc::new(quiet));
        self.live.rcu(|live| Live {
            catalogue: Arc::clone(&catalogue),
            quiet: Arc::clone(&quiet),
            ..Live::clone(live)
        });
        learner::publish(self);
        self.changes.send_modify(|version| *version += 1);
        Ok(())
    }
}

async fn workspace(control: &Control) -> Result<Workspace, EngineError> {
    let name = control
        .setting("name")
        .await?
        .unwrap_or_else(|| "Milieu".to_owned());
    let simulated = control.setting("simulated").await?.as_deref() == Some("yes");
    Ok(Workspace { name, simulated })
}

/// Writes a trail entry for a principal.
pub(crate) fn trail(
    who: &Principal,
    action: &str,
    subject: String,
    detail: &serde_json::Value,
) -> TrailBody {
    TrailBody {
        at: clock::now(),
        actor: who.name().to_owned(),
        action: action.to_owned(),
        subject,
        detail: detail.to_string(),
    }
}
