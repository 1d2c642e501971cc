//! The functions over columns give each of a million random rows the answer of the single functions, and allocate nothing for it.
#![cfg(not(target_arch = "wasm32"))]
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    reason = "a test ends where its data is broken"
)]

use allocation_counter::measure;
use billing_rules::columns::{
    self, Change, DAY, MONTH, NO_AMOUNT, NONE, Periods, Pricing, Prorations, Schedules, YEAR,
};
use billing_rules::{
    Code, Currency, Cycle, Date, Effective, Error, Errors, FirstPeriod, Money, Period, PeriodPriceInput, PlanChange,
    ProrateInput, Rounding, RoundingRule, Schedule, Settle, Unit, period_price, prorate,
};

const ROWS: usize = 1_000_000;

/// Numbers that look random and are the same in every run.
struct Random(u64);

impl Random {
    /// The next number, from 0 up to but not including the limit.
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }

    fn between(&mut self, first: i64, last: i64) -> i64 {
        first + i64::try_from(self.below(u64::try_from(last - first + 1).unwrap())).unwrap()
    }

    fn i32_between(&mut self, first: i32, last: i32) -> i32 {
        self.between(first.into(), last.into()).try_into().unwrap()
    }

    /// One in so many.
    fn one_in(&mut self, count: u64) -> bool {
        self.below(count) == 0
    }

    fn of<T: Copy>(&mut self, values: &[T]) -> T {
        values[usize::try_from(self.below(values.len().try_into().unwrap())).unwrap()]
    }

    /// A day of 2000 to 2060, often at the end of a month; rarely one of any year, one outside the calendar, or none.
    fn day(&mut self) -> i32 {
        match self.below(400) {
            0 => NONE,
            1 => self.i32_between(-720_000, 2_940_000),
            2 => self.i32_between(2_932_000, 2_932_897),
            3 => self.i32_between(-719_163, -718_000),
            // Where the arithmetic over many rows begins and ends: 1970-01-01 and 2140-08-01.
            4 => self.i32_between(-1_200, 1_200),
            5 => self.i32_between(61_000, 62_500),
            6..=150 => Date::new(self.i32_between(2000, 2060), 2, 28).unwrap().epoch_days() + self.i32_between(-30, 3),
            _ => self.i32_between(10_957, 33_237),
        }
    }

    fn amount(&mut self) -> i64 {
        match self.below(200) {
            0 => NO_AMOUNT,
            1 => self.between(-100, 0),
            2 => self.between(9_007_199_254_740_000, 9_007_199_254_740_993),
            3..=80 => self.between(0, 300) * 100,
            _ => self.between(0, 100_000),
        }
    }
}

/// A book of random rows, a few of which are invalid in each way.
struct Book {
    start: Vec<i32>,
    every: Vec<i32>,
    unit: Vec<u8>,
    anchor_day: Vec<i32>,
    end_date: Vec<i32>,
    payment_count: Vec<i32>,
    /// A day for each row, mostly near the start.
    day: Vec<i32>,
    price: Vec<i64>,
    to: Vec<i64>,
}

impl Book {
    fn new(rows: usize, seed: u64) -> Self {
        let mut random = Random(seed);
        let empty = || Vec::with_capacity(rows);
        let mut book = Self {
            start: empty(),
            every: empty(),
            unit: Vec::with_capacity(rows),
            anchor_day: empty(),
            end_date: empty(),
            payment_count: empty(),
            day: empty(),
            price: Vec::new(),
            to: Vec::new(),
        };
        for _ in 0..rows {
            let start = random.day();
            book.start.push(start);
            book.every.push(match random.below(100) {
                // Twelve of the last are 8 more than 32 bits have.
                0 => random.of(&[NONE, 0, -1, 1001, 65_537, 1000, 357_913_942]),
                1..=20 => random.i32_between(1, 40),
                _ => random.of(&[1, 1, 1, 2, 3, 6]),
            });
            book.unit.push(match random.below(200) {
                0 => random.of(&[4, 255]),
                1..=40 => random.of(&[DAY, columns::WEEK]),
                _ => random.of(&[MONTH, MONTH, MONTH, YEAR]),
            });
            book.anchor_day.push(if random.one_in(3) { random.i32_between(-1, 32) } else { NONE });
            let end_date = start.saturating_add(random.i32_between(-20, 4_000));
            book.end_date.push(if random.one_in(3) && start != NONE { end_date } else { NONE });
            book.payment_count.push(if random.one_in(3) { random.i32_between(-1, 90) } else { NONE });
            let near = start.saturating_add(random.i32_between(-10, 1_500));
            book.day.push(if random.one_in(8) { random.day() } else { near });
            book.price.push(random.amount());
            book.to.push(random.amount());
        }
        book
    }

    fn schedules(&self) -> Schedules<'_> {
        Schedules::new(&self.start, &self.every, &self.unit)
            .with_anchor_day(&self.anchor_day)
            .with_end_date(&self.end_date)
            .with_payment_count(&self.payment_count)
    }

    /// Without limits, and each cycle of months or years.
    fn without_limits(mut self) -> Self {
        for unit in &mut self.unit {
            *unit = if *unit == YEAR { YEAR } else { MONTH };
        }
        for limit in [&mut self.anchor_day, &mut self.end_date, &mut self.payment_count] {
            limit.fill(NONE);
        }
        self
    }

    /// Without limits, and each cycle a month.
    fn monthly(mut self) -> Self {
        self.every.fill(1);
        self.unit.fill(MONTH);
        self.without_limits()
    }

    /// The schedule of a row as the single functions have it.
    fn schedule(&self, row: usize) -> Result<Schedule, Code> {
        let start = day(self.start[row])?;
        let every = given(self.every[row]).ok_or(Code::MissingField)?;
        let every = u16::try_from(every).map_err(|_| Code::OutOfRange)?;
        let units = [Unit::Day, Unit::Week, Unit::Month, Unit::Year];
        let unit = *units.get(usize::from(self.unit[row])).ok_or(Code::UnknownValue)?;
        let mut schedule = Schedule::new(start, Cycle::new(every, unit).map_err(code)?);
        if let Some(anchor_day) = given(self.anchor_day[row]) {
            schedule = schedule.with_anchor_day(count(anchor_day)?).map_err(code)?;
        }
        if given(self.end_date[row]).is_some() {
            schedule = schedule.with_end_date(day(self.end_date[row])?).map_err(code)?;
        }
        if let Some(payment_count) = given(self.payment_count[row]) {
            schedule = schedule.with_payment_count(count(payment_count)?).map_err(code)?;
        }
        Ok(schedule)
    }
}

fn given(value: i32) -> Option<i32> {
    (value != NONE).then_some(value)
}

fn day(value: i32) -> Result<Date, Code> {
    Date::from_epoch_days(given(value).ok_or(Code::MissingField)?).ok_or(Code::OutOfRange)
}

fn count(value: i32) -> Result<u32, Code> {
    u32::try_from(value).map_err(|_| Code::OutOfRange)
}

fn money(amount: i64) -> Result<Money, Code> {
    if amount == NO_AMOUNT {
        return Err(Code::MissingField);
    }
    Money::new(amount, nok()).map_err(code)
}

fn nok() -> Currency {
    "NOK".parse().unwrap()
}

fn code(error: Error) -> Code {
    error.code()
}

fn first(errors: Errors) -> Code {
    errors.first().code()
}

/// How many rows had an answer, none, or each code.
#[derive(Default)]
struct Seen {
    answers: usize,
    codes: Vec<(Code, usize)>,
}

impl Seen {
    fn add<T>(&mut self, answer: &Result<T, Code>) {
        match answer {
            Ok(_) => self.answers += 1,
            Err(code) => match self.codes.iter_mut().find(|(known, _)| known == code) {
                Some((_, count)) => *count += 1,
                None => self.codes.push((*code, 1)),
            },
        }
    }

    /// Checks that the rows were not all alike.
    fn has(&self, codes: &[Code]) {
        println!("{} answers, {:?}", self.answers, self.codes);
        assert!(self.answers > ROWS / 4);
        for code in codes {
            assert!(self.codes.iter().any(|(found, _)| found == code), "no row with {code}");
        }
    }
}

/// Compares the columns with the answers of the single functions, a row at a time.
fn compare<T: PartialEq + std::fmt::Debug>(
    errors: &[u8],
    codes: &[Code],
    found: impl Fn(usize) -> T,
    none: T,
    single: impl Fn(usize) -> Result<T, Code>,
) {
    let mut seen = Seen::default();
    for (row, error) in errors.iter().enumerate() {
        let expected = single(row);
        seen.add(&expected);
        assert_eq!(columns::code(*error), expected.as_ref().err().copied(), "row {row}");
        assert_eq!(&found(row), expected.as_ref().unwrap_or(&none), "row {row}");
    }
    seen.has(codes);
}

/// Runs something that may not allocate.
fn without_allocations(run: impl FnOnce()) {
    assert_eq!(measure(run).count_total, 0);
}

fn written(date: Option<Date>) -> i32 {
    date.map_or(NONE, Date::epoch_days)
}

const OF_SCHEDULES: [Code; 5] =
    [Code::MissingField, Code::OutOfRange, Code::UnknownValue, Code::AnchorDayOnDayCycle, Code::EndBeforeStart];

#[test]
fn next_due_dates_are_those_of_the_single_function() {
    let book = Book::new(ROWS, 1);
    let (mut due, mut errors) = (vec![0; ROWS], vec![0; ROWS]);
    without_allocations(|| book.schedules().next_due_date(&book.day, &mut due, &mut errors).unwrap());
    let single = |row: usize| {
        let (schedule, after) = (book.schedule(row)?, day(book.day[row])?);
        schedule.next_due_date(after).map(written).map_err(code)
    };
    compare(&errors, &OF_SCHEDULES, |row| due[row], NONE, single);

    let after = Date::new(2031, 1, 31).unwrap();
    without_allocations(|| book.schedules().next_due_date(after.epoch_days(), &mut due, &mut errors).unwrap());
    let single = |row: usize| book.schedule(row)?.next_due_date(after).map(written).map_err(code);
    compare(&errors, &OF_SCHEDULES, |row| due[row], NONE, single);
}

#[test]
fn periods_are_those_of_the_single_function() {
    let book = Book::new(ROWS, 2);
    let [mut number, mut start, mut end] = [const { Vec::new() }; 3];
    for column in [&mut number, &mut start, &mut end] {
        column.resize(ROWS, 0);
    }
    let mut errors = vec![0; ROWS];
    without_allocations(|| {
        let periods = Periods { number: &mut number, start: &mut start, end: &mut end };
        book.schedules().period_on(&book.day, periods, &mut errors).unwrap();
    });
    let single = |row: usize| {
        let (schedule, day) = (book.schedule(row)?, day(book.day[row])?);
        let period = schedule.period_on(day).map_err(code)?;
        Ok(period.map_or([NONE; 3], |period| {
            assert_eq!(period.last_day.epoch_days(), period.end.epoch_days() - 1);
            [period.number.try_into().unwrap(), period.start.epoch_days(), period.end.epoch_days()]
        }))
    };
    compare(&errors, &OF_SCHEDULES, |row| [number[row], start[row], end[row]], [NONE; 3], single);
}

#[test]
fn a_payment_is_due_on_the_start_of_its_period() {
    let mut book = Book::new(ROWS, 3);
    // Every second day is one on which a payment is due.
    for row in (0..ROWS).step_by(2) {
        let due = book.schedule(row).ok().and_then(|schedule| schedule.due_dates().nth(row % 20));
        if let Some(due) = due {
            book.day[row] = due.epoch_days();
        }
    }
    let (mut number, mut errors) = (vec![0; ROWS], vec![0; ROWS]);
    without_allocations(|| book.schedules().due_on(&book.day, &mut number, &mut errors).unwrap());
    let single = |row: usize| {
        let (schedule, day) = (book.schedule(row)?, day(book.day[row])?);
        let period = schedule.period_on(day).map_err(code)?.filter(|period| period.start == day);
        Ok(period.map_or(NONE, |period| period.number.try_into().unwrap()))
    };
    compare(&errors, &OF_SCHEDULES, |row| number[row], NONE, single);
    assert!(number.iter().filter(|number| **number != NONE).count() > ROWS / 4);
}

/// Checks what is computed by day, of schedules whose rows are those of the book.
fn compare_days(book: &Book, schedules: Schedules<'_>) {
    let [mut due, mut number, mut start, mut end, mut due_number] = [const { Vec::new() }; 5];
    for column in [&mut due, &mut number, &mut start, &mut end, &mut due_number] {
        column.resize(ROWS, 0);
    }
    let mut errors = [vec![0; ROWS], vec![0; ROWS], vec![0; ROWS]];
    let periods = Periods { number: &mut number, start: &mut start, end: &mut end };
    without_allocations(|| {
        let [of_due, of_period, of_number] = &mut errors;
        schedules.next_due_date(&book.day, &mut due, of_due).unwrap();
        schedules.period_on(&book.day, periods, of_period).unwrap();
        schedules.due_on(&book.day, &mut due_number, of_number).unwrap();
    });
    let codes = [Code::MissingField, Code::OutOfRange];
    let schedule = |row: usize| Ok((book.schedule(row)?, day(book.day[row])?));
    let next = |row: usize| schedule(row).and_then(|(one, day)| one.next_due_date(day).map(written).map_err(code));
    compare(&errors[0], &codes, |row| due[row], NONE, next);
    let period = |row: usize| schedule(row).and_then(|(one, day)| one.period_on(day).map_err(code));
    let columns =
        |period: Period| [period.number.try_into().unwrap(), period.start.epoch_days(), period.end.epoch_days()];
    let single = |row: usize| Ok(period(row)?.map_or([NONE; 3], columns));
    compare(&errors[1], &codes, |row| [number[row], start[row], end[row]], [NONE; 3], single);
    let single = |row: usize| {
        let due = period(row)?.filter(|period| period.start.epoch_days() == book.day[row]);
        Ok(due.map_or(NONE, |period| period.number.try_into().unwrap()))
    };
    compare(&errors[2], &codes, |row| due_number[row], NONE, single);
}

#[test]
fn a_book_without_limits_has_the_days_of_the_single_functions() {
    let book = Book::new(ROWS, 6).without_limits();
    compare_days(&book, Schedules::new(&book.start, &book.every, &book.unit));
    let book = Book::new(ROWS, 7).monthly();
    compare_days(&book, Schedules::new(&book.start, 1, MONTH));
}

/// Several ways to charge, each with its multiple of minor units.
fn pricings() -> [Pricing; 4] {
    let rule = |rounding, to| RoundingRule::new(rounding, to).unwrap();
    [
        Pricing::default(),
        Pricing { first_period: FirstPeriod::Full, rounding: rule(Rounding::HalfEven, 1) },
        Pricing { first_period: FirstPeriod::Free, rounding: rule(Rounding::Down, 1) },
        Pricing { first_period: FirstPeriod::Prorated, rounding: rule(Rounding::Ceiling, 5) },
    ]
}

/// The same for the single functions.
fn of_single(pricing: Pricing) -> (FirstPeriod, Rounding, u32) {
    let at = pricings().iter().position(|known| *known == pricing).unwrap();
    let roundings = [(Rounding::HalfUp, 1), (Rounding::HalfEven, 1), (Rounding::Down, 1), (Rounding::Ceiling, 5)];
    let (rounding, to) = roundings[at];
    (pricing.first_period, rounding, to)
}

#[test]
fn amounts_are_those_of_the_single_function() {
    let book = Book::new(ROWS, 4);
    let mut random = Random(40);
    let number: Vec<i32> = (0..ROWS)
        .map(|_| match random.below(50) {
            0 => NONE,
            1 => random.i32_between(-1, 0),
            2 => i32::MAX,
            3..=25 => 1,
            _ => random.i32_between(1, 100),
        })
        .collect();
    for pricing in pricings() {
        let (mut amounts, mut errors) = (vec![0; ROWS], vec![0; ROWS]);
        let run = || book.schedules().amounts(&book.price, &number, &pricing, &mut amounts, &mut errors).unwrap();
        without_allocations(run);
        let (first_period, rounding, to) = of_single(pricing);
        let single = |row: usize| {
            let (schedule, price) = (book.schedule(row)?, money(book.price[row])?);
            let Some(number) = given(number[row]) else { return Ok(NO_AMOUNT) };
            let input = PeriodPriceInput::new(schedule, price, count(number)?)
                .with_first_period(first_period)
                .with_rounding(rounding)
                .with_round_to(to);
            Ok(period_price(&input).map_err(first)?.map_or(NO_AMOUNT, |line| line.amount.amount()))
        };
        compare(&errors, &OF_SCHEDULES, |row| amounts[row], NO_AMOUNT, single);
    }
}

/// Changes of each kind, each of every row.
fn changes<'a>(to: &'a [i64], at: &'a [i32]) -> Vec<(Change<'a>, &'static [Code])> {
    let change = Change::new(to, at);
    let yearly = change.with_cycle(Cycle::YEARLY);
    vec![
        (change, &[Code::OutsidePeriod, Code::NoNextPayment]),
        (change.with_effective(Effective::OnDate).with_settle(Settle::NextPayment), &[]),
        (change.with_effective(Effective::PeriodEnd), &[Code::NoNextPayment]),
        (change.with_prorate(false), &[]),
        (yearly, &[Code::PaymentCountRequired]),
        (yearly.with_payment_count(4).with_effective(Effective::OnDate), &[Code::PaymentCountNotAllowed]),
        (change.with_cycle(Cycle::MONTHLY).with_payment_count(2).with_anchor_day(31), &[Code::PaymentCountNotAllowed]),
        (yearly.with_payment_count(1).with_settle(Settle::NextPayment), &[Code::SettleNotAllowed]),
        (change.with_cycle(Cycle::WEEKLY).with_payment_count(9).with_settle(Settle::Now), &[]),
    ]
}

fn of_one(change: &Change<'_>, to: Money, at: Date) -> PlanChange {
    let mut one = PlanChange::new(to, at);
    one.cycle = change.cycle;
    one.payment_count = change.payment_count;
    one.anchor_day = change.anchor_day;
    one.effective = change.effective;
    one.settle = change.settle;
    one.prorate = change.prorate;
    one
}

#[test]
fn prorations_are_those_of_the_single_function() {
    let book = Book::new(ROWS, 5);
    let changes = changes(&book.to, &book.day);
    let mut dates = [vec![0; ROWS], vec![0; ROWS]];
    let mut amounts = [const { Vec::new() }; 5];
    for column in &mut amounts {
        column.resize(ROWS, 0);
    }
    let mut errors = vec![0; ROWS];
    // A ninth of a million rows with each change, as one allocates for its lines and digest in the single function.
    let rows = ROWS / changes.len();
    for (change, codes) in &changes {
        for pricing in pricings() {
            without_allocations(|| {
                let [effective, next_due_date] = &mut dates;
                let [credit, charge, due_now, balance, next_amount] = &mut amounts;
                let answers = Prorations { effective, credit, charge, due_now, balance, next_due_date, next_amount };
                book.schedules().prorate(&book.price, change, &pricing, answers, &mut errors).unwrap();
            });
            let (first_period, rounding, to) = of_single(pricing);
            let single = |row: usize| {
                let (schedule, from, price) = (book.schedule(row)?, money(book.price[row])?, money(book.to[row])?);
                let input = ProrateInput::new(schedule, from, of_one(change, price, day(book.day[row])?))
                    .with_first_period(first_period)
                    .with_rounding(rounding)
                    .with_round_to(to);
                let answer = prorate(&input).map_err(first)?;
                let amounts = [answer.credit, answer.charge, answer.due_now, answer.balance].map(Money::amount);
                let next = answer.next_payment;
                Ok((
                    [answer.effective.epoch_days(), written(next.map(|next| next.due_date))],
                    amounts,
                    next.map_or(NO_AMOUNT, |next| next.amount.amount()),
                ))
            };
            let found = |row: usize| {
                let [credit, charge, due_now, balance, next_amount] = &amounts;
                let four = [credit[row], charge[row], due_now[row], balance[row]];
                ([dates[0][row], dates[1][row]], four, next_amount[row])
            };
            let mut all = Seen::default();
            for (row, error) in errors.iter().enumerate().take(rows) {
                let expected = single(row);
                all.add(&expected);
                assert_eq!(columns::code(*error), expected.as_ref().err().copied(), "row {row}, {change:?}");
                let none = ([NONE; 2], [NO_AMOUNT; 4], NO_AMOUNT);
                assert_eq!(&found(row), expected.as_ref().unwrap_or(&none), "row {row} with {pricing:?}");
            }
            println!("{} answers, {:?}", all.answers, all.codes);
            assert!(codes.iter().all(|code| all.codes.iter().any(|(found, _)| found == code)), "{codes:?}");
        }
    }
}

#[test]
fn columns_have_one_length() {
    let path = |answer: Result<(), Error>| {
        let error = answer.unwrap_err();
        assert_eq!(error.code(), Code::OutOfRange);
        error.path().to_string()
    };
    let book = Schedules::new(&[0, 1], 1, MONTH);
    let next = |book: Schedules<'_>, due: &mut [i32], errors: &mut [u8]| path(book.next_due_date(0, due, errors));
    assert_eq!(next(book, &mut [0], &mut [0; 2]), "/dueDate");
    assert_eq!(next(book, &mut [0; 2], &mut [0; 3]), "/errors");
    assert_eq!(next(book.with_anchor_day(&[1]), &mut [0; 2], &mut [0; 2]), "/anchorDay");
    assert_eq!(next(book.with_end_date(&[1; 3]), &mut [0; 2], &mut [0; 2]), "/endDate");
    assert_eq!(next(book.with_payment_count(&[]), &mut [0; 2], &mut [0; 2]), "/paymentCount");
    assert_eq!(next(Schedules::new(&[0, 1], &[1], MONTH), &mut [0; 2], &mut [0; 2]), "/every");
    assert_eq!(next(Schedules::new(&[0, 1], 1, &[MONTH]), &mut [0; 2], &mut [0; 2]), "/unit");
    assert_eq!(path(book.due_on(&[0], &mut [0; 2], &mut [0; 2])), "/date");
    assert_eq!(path(book.amounts(&[0], 1, &Pricing::default(), &mut [0; 2], &mut [0; 2])), "/price");
}
