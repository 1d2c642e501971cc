//! The life of a subscription.

use super::{Function, two};
use crate::date::Date;
use crate::json::Shape;
use crate::notices::notices;
use crate::preview::{PreviewOptions, preview};
use crate::proration::PlanChange;
use crate::subscription::{
    Adopted, Event, Script, Subscription, Terms, apply_event, cancel_quote, change_plan, create_subscription,
    next_action, simulate,
};

pub(super) const FUNCTIONS: &[Function] = &[
    Function {
        name: "createSubscription",
        parameters: &["input"],
        run: |node| {
            let fields = node.object(&["id", "terms", "adopted"])?;
            let id = fields.required::<String>("id");
            let terms = fields.required::<Terms>("terms");
            let adopted = fields.optional::<Adopted>("adopted");
            node.answer(create_subscription(&id?, terms?, adopted?)).map(|subscription| subscription.write())
        },
    },
    Function {
        name: "nextAction",
        parameters: &["subscription", "today"],
        run: |node| {
            let (subscription, today) = two::<Subscription, Date>(node, "subscription", "today")?;
            node.answer(next_action(&subscription, today)).map(|action| action.write())
        },
    },
    Function {
        name: "applyEvent",
        parameters: &["subscription", "event"],
        run: |node| {
            let (subscription, event) = two::<Subscription, Event>(node, "subscription", "event")?;
            node.answer(apply_event(&subscription, &event)).map(|subscription| subscription.write())
        },
    },
    Function {
        name: "changePlan",
        parameters: &["subscription", "change", "on"],
        run: |node| {
            let fields = node.object(&["subscription", "change", "on"])?;
            let subscription = fields.required::<Subscription>("subscription");
            let change = fields.required::<PlanChange>("change");
            let on = fields.required::<Date>("on");
            node.answer(change_plan(&subscription?, &change?, on?)).map(|change| change.write())
        },
    },
    Function {
        name: "cancelQuote",
        parameters: &["subscription", "on"],
        run: |node| {
            let (subscription, on) = two::<Subscription, Date>(node, "subscription", "on")?;
            node.answer(cancel_quote(&subscription, on)).map(|quote| quote.write())
        },
    },
    Function {
        name: "preview",
        parameters: &["terms", "options"],
        run: |node| {
            let (terms, options) = two::<Terms, PreviewOptions>(node, "terms", "options")?;
            node.answer(preview(&terms, &options)).map(|preview| preview.write())
        },
    },
    Function {
        name: "notices",
        parameters: &["terms", "options"],
        run: |node| {
            let (terms, options) = two::<Terms, PreviewOptions>(node, "terms", "options")?;
            node.answer(notices(&terms, &options)).map(|notices| notices.write())
        },
    },
    Function {
        name: "simulate",
        parameters: &["subscription", "script"],
        run: |node| {
            let (subscription, script) = two::<Subscription, Script>(node, "subscription", "script")?;
            node.answer(simulate(&subscription, &script)).map(|simulation| simulation.write())
        },
    },
];
